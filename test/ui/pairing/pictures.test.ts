// Pictures with a QR code in them: what the decoder's worker answers, and how a picture file is brought to it.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Reading } from '../../../src/ui/pairing/qr/codeReader.ts'
import { startQrDecoder } from '../../../src/ui/pairing/qr/decodeQr.ts'
import { readPicture, toPixels } from '../../../src/ui/pairing/qr/pictures.ts'
import { drawQr } from '../../../src/ui/parts/qr.tsx'
import { paint } from './scan.ts'

const reader = vi.hoisted(() => ({
  read: vi.fn<(picture: { width: number; height: number }) => Promise<Reading>>(),
  close: vi.fn(),
}))
vi.mock('../../../src/ui/pairing/qr/codeReader.ts', () => ({
  CodeReader: class {
    read = reader.read
    close = reader.close
  },
}))

afterEach(() => vi.unstubAllGlobals())

describe('the decoder', () => {
  let answers: unknown[]
  let ask: (request: unknown) => void

  beforeEach(() => {
    answers = []
    vi.stubGlobal('postMessage', (answer: unknown) => answers.push(answer))
    vi.stubGlobal('addEventListener', (_kind: string, listener: (event: unknown) => void) => {
      ask = (data) => listener({ data })
    })
    startQrDecoder()
  })

  test('says that it has loaded, and then what is in each picture', () => {
    expect(answers).toEqual([{ kind: 'ready' }])
    const { path, size } = drawQr('ABCD-EFGH')
    ask({ ...paint(path, size), patient: false })
    ask({ ...paint(path, size), patient: true })
    expect(answers.slice(1)).toEqual([
      { kind: 'decoded', text: 'ABCD-EFGH' },
      { kind: 'decoded', text: 'ABCD-EFGH' },
    ])
  })

  test('answers too where there is no code', () => {
    ask({ ...paint('', 40), patient: false })
    expect(answers.slice(1)).toEqual([{ kind: 'decoded', text: null }])
  })
})

describe('a picture file', () => {
  const close = vi.fn()
  const file = new Blob()
  const given = (width: number, height: number) =>
    vi.stubGlobal('createImageBitmap', async () => ({ width, height, close }))
  const widths = () => reader.read.mock.calls.map(([{ width }]) => width)

  beforeEach(() => {
    vi.clearAllMocks()
    reader.read.mockResolvedValue({ kind: 'nothing' })
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        readonly width: number
        readonly height: number
        constructor(width: number, height: number) {
          this.width = width
          this.height = height
        }
        getContext() {
          return {
            drawImage: () => undefined,
            getImageData: (_x: number, _y: number, width: number, height: number) => ({ width, height }),
          }
        }
      },
    )
  })

  test('is looked at small first, and larger where nothing is found', async () => {
    given(8000, 4000)
    expect(await readPicture(file)).toEqual({ kind: 'nothing' })
    expect(widths()).toEqual([1600, 4096])
    expect([close, reader.close].map((done) => done.mock.calls.length)).toEqual([1, 1])
  })

  test('is looked at once where it is small, or says something', async () => {
    given(600, 300)
    await readPicture(file)
    expect(widths()).toEqual([600])
    given(8000, 4000)
    reader.read.mockResolvedValue({ kind: 'text', text: 'ABCD' })
    expect(await readPicture(file)).toEqual({ kind: 'text', text: 'ABCD' })
    expect(widths()).toEqual([600, 1600])
  })

  test('that took too long is told apart from one in which nothing is', async () => {
    given(8000, 4000)
    reader.read.mockResolvedValueOnce({ kind: 'overran' })
    expect(await readPicture(file)).toEqual({ kind: 'overran' })
  })

  test('that is no picture says nothing', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no picture')))
    expect(await readPicture(file)).toEqual({ kind: 'nothing' })
    expect(reader.read).not.toHaveBeenCalled()
  })

  test('has at least a pixel, however narrow it is', () => {
    expect(toPixels({} as CanvasImageSource, 1600, 0.2)).toEqual({ width: 1600, height: 1 })
  })
})
