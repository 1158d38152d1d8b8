// Reads a QR code as a camera would: its path is drawn into a bitmap, several pixels to a module, and that is decoded by a
// reader that knows nothing of how it was made.

import decodeQr from 'qr/decode.js'

const pixelsPerModule = 5

/** What the code says; null when it can't be read. Takes the path's data and the side of its square. */
export function scan(path: string, size: number): string | null {
  const { data, width, height } = paint(path, size)
  return readQr(data, width, height)
}

/** The bitmap. */
export function paint(path: string, size: number): { data: Uint8ClampedArray; width: number; height: number } {
  const side = size * pixelsPerModule
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let row = 0; row < pixelsPerModule; row++) {
      const from = (Number(y) * pixelsPerModule + row) * side + Number(x) * pixelsPerModule
      for (let at = from; at < from + Number(width) * pixelsPerModule; at++) pixels.fill(0, at * 4, at * 4 + 3)
    }
  return { data: pixels, width: side, height: side }
}

function readQr(pixels: Uint8ClampedArray, width: number, height: number): string | null {
  try {
    return decodeQr({ data: pixels, width, height })
  } catch {
    return null
  }
}
