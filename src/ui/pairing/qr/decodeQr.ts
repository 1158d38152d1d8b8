// The QR decoder's own context: a worker that is handed the pixels of a picture and answers with the words of the code in it.
// It is the only file that decodes pictures, which anybody may have made, and it knows nothing else: no message, no storage,
// no other file of ours (.dependency-cruiser.cjs). The caller ends it when it takes too long (codeReader.ts).

import decodeQr from 'qr/decode.js'

/** For tries beyond the first, which find codes that are small, bent or dim. The whole is limited from outside. */
const maxRetryMs = 500

export interface DecodeRequest {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
  /** A picture file is looked at as long as may be; of a camera's pictures there comes another. */
  readonly patient: boolean
}

/** What the decoder tells its caller: first that it has loaded, then one answer for each request. */
export type DecodeAnswer = { readonly kind: 'ready' } | { readonly kind: 'decoded'; readonly text: string | null }

export function startQrDecoder(): void {
  const answer = (message: DecodeAnswer) => postMessage(message)
  addEventListener('message', ({ data }: MessageEvent<DecodeRequest>) => {
    answer({ kind: 'decoded', text: decodeText(data) })
  })
  answer({ kind: 'ready' })
}

/** Null where no code can be read: the library throws then, and also where a code's bytes are no text. */
function decodeText({ patient, ...picture }: DecodeRequest): string | null {
  try {
    return decodeQr(picture, patient ? { effort: Number.POSITIVE_INFINITY, timeLimit: maxRetryMs } : {})
  } catch {
    return null
  }
}
