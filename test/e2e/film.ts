// A film of QR codes, as a camera would see them on another screen, in the one format that Chromium takes in the place of its
// camera: Y4M, plain pictures of grey one after the other.

import { writeFile } from 'node:fs/promises'

/** A code as it is drawn on the screen: a path around each run of black modules, and the side of its square in modules. */
export interface DrawnCode {
  readonly path: string
  readonly size: number
}

const [width, height] = [640, 480]
const pixelsPerModule = 6
const framesPerCode = 4
const [black, white, noColour] = [16, 235, 128]

/** Shows each code for 0.4 seconds. The browser begins anew at the end. */
export async function writeFilm(file: string, codes: readonly DrawnCode[]): Promise<void> {
  const colours = Buffer.alloc((width * height) / 2, noColour)
  const frames = codes.flatMap((code) => {
    const frame = Buffer.concat([Buffer.from('FRAME\n'), greys(code), colours])
    return Array.from({ length: framesPerCode }, () => frame)
  })
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), ...frames]))
}

function greys({ path, size }: DrawnCode): Buffer {
  const picture = Buffer.alloc(width * height, white)
  const [left, top] = [width, height].map((side) => Math.floor((side - size * pixelsPerModule) / 2)) as [number, number]
  for (const [, x = '', y = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let row = 0; row < pixelsPerModule; row++) {
      const from = (top + Number(y) * pixelsPerModule + row) * width + left + Number(x) * pixelsPerModule
      picture.fill(black, from, from + Number(run) * pixelsPerModule)
    }
  return picture
}
