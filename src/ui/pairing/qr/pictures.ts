// Reading a QR code off a picture file, and pictures as pixels. What a code says is not understood here.

import { CodeReader, type Reading } from './codeReader.ts'

/** The sides, in pixels, to which a picture is brought at most: codes in small print need many, and few are quicker. */
const maxSides = [1600, 4096] as const

/** What the code in a picture file says; nothing when there is none that can be read, or it is no picture. */
export async function readPicture(file: Blob): Promise<Reading> {
  // Not an image element: our policy lets no address in but our own files'.
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return { kind: 'nothing' }
  const reader = new CodeReader()
  try {
    const longest = Math.max(picture.width, picture.height)
    let overran = false
    for (const side of new Set(maxSides.map((maxSide) => Math.min(maxSide, longest)))) {
      const scale = side / longest
      const reading = await reader.read(toPixels(picture, picture.width * scale, picture.height * scale), true)
      if (reading.kind === 'text') return reading
      overran ||= reading.kind === 'overran'
    }
    return { kind: overran ? 'overran' : 'nothing' }
  } finally {
    reader.close()
    picture.close()
  }
}

/** A picture as pixels, of this size. */
export function toPixels(picture: CanvasImageSource, width: number, height: number): ImageData {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new TypeError('expected a canvas to draw on')
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
