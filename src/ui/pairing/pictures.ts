// Reading a QR code off a picture: a frame of the camera's, or a picture file. What it says is not understood here.

import type jsQr from 'jsqr'

/** The sides, in pixels, to which a picture is brought: codes in small print need many, those seen closely few. */
const sides = [1600, 4096, 800] as const

type Reader = (picture: ImageData) => string | null

/** The reader is large, and loaded only where a code is to be read. */
export async function loadReader(): Promise<Reader> {
  const { default: read } = (await import('jsqr')) as { default: typeof jsQr }
  return ({ data, width, height }) => read(data, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null
}

/** What the code in a picture file says; null when there is none that can be read, or it is no picture. */
export async function readPicture(file: Blob): Promise<string | null> {
  const read = await loadReader()
  // Not an image element: our policy lets no address in but our own files'.
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  try {
    const longest = Math.max(picture.width, picture.height)
    for (const side of new Set(sides.map((one) => Math.min(one, longest)))) {
      const scale = side / longest
      const said = read(drawn(picture, picture.width * scale, picture.height * scale))
      if (said !== null) return said
    }
    return null
  } finally {
    picture.close()
  }
}

/** A picture as pixels, of this size. */
export function drawn(picture: CanvasImageSource, width: number, height: number): ImageData {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new TypeError('expected a canvas to draw on')
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
