// The camera while codes are read off another screen: asked for, looked through some eight times a second where the device can, and given back. No
// picture is kept, and it is never on where it can't be seen that it is.

import { type Signal, signal } from '@preact/signals'
import { CodeReader } from './codeReader.ts'
import { toPixels } from './pictures.ts'

/** The longest pause between two looks; half of it on average. */
const pauseMs = 250
/** Frames are made this wide at most before a code is looked for. */
const frameWidth = 800

export type CameraState =
  | 'off'
  | 'asking'
  | 'on'
  /** The person, or the browser for them, did not allow it; there is none; another program has it; it went away. */
  | 'refused'
  | 'none'
  | 'taken'
  | 'lost'
  /** Switched off because its tab was not in view any more. */
  | 'hidden'

export class Camera {
  readonly state: Signal<CameraState> = signal<CameraState>('off')
  /** Whether the picture that was looked at last took too long. */
  readonly overran: Signal<boolean> = signal(false)
  #stream: MediaStream | null = null
  #reader: CodeReader | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts starts and stops: what was asked for before the last of them is not taken. */
  #session = 0

  /** Shows in `video` what it sees, and calls `onText` with what each code says, often the same. */
  async start(video: HTMLVideoElement, onText: (text: string) => void): Promise<void> {
    this.stop('asking')
    const session = this.#session
    try {
      const stream = await openCamera()
      if (session !== this.#session) {
        stopTracks(stream)
        return
      }
      this.#stream = stream
      const reader = new CodeReader()
      this.#reader = reader
      for (const track of stream.getTracks()) track.addEventListener('ended', () => this.#lose(session))
      video.srcObject = stream
      await video.play()
      if (session !== this.#session) return
      this.state.value = 'on'
      document.addEventListener('visibilitychange', this.#whenHidden)
      this.#whenHidden()
      if (session !== this.#session) return
      const scan = async () => {
        const startedAt = performance.now()
        const reading = video.videoWidth > 0 ? await reader.read(captureFrame(video)) : null
        if (session !== this.#session) return
        if (reading?.kind === 'text') onText(reading.text)
        this.overran.value = reading?.kind === 'overran'
        // Looks in step with the pictures would see some of them again and again, and others never.
        const elapsedMs = performance.now() - startedAt
        if (session === this.#session)
          this.#timer = setTimeout(continueScanning, Math.random() * Math.max(pauseMs, elapsedMs))
      }
      const continueScanning = () => void scan().catch(() => this.#lose(session))
      continueScanning()
    } catch (thrown) {
      if (session === this.#session) this.stop(toCameraState(thrown))
    }
  }

  stop(state: CameraState = 'off'): void {
    this.#session++
    clearTimeout(this.#timer)
    document.removeEventListener('visibilitychange', this.#whenHidden)
    stopTracks(this.#stream)
    this.#stream = null
    this.#reader?.close()
    this.#reader = null
    this.overran.value = false
    this.state.value = state
  }

  readonly #whenHidden = () => {
    if (document.hidden) this.stop('hidden')
  }

  #lose(session: number): void {
    if (session === this.#session) this.stop('lost')
  }
}

async function openCamera(): Promise<MediaStream> {
  if (navigator.mediaDevices === undefined) throw new DOMException('there is no camera to ask for', 'NotFoundError')
  // Fine pixels help with small codes; the one that looks away from the person, where there are two.
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: { ideal: 'environment' } }
  return navigator.mediaDevices.getUserMedia({ video, audio: false })
}

function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

function captureFrame(video: HTMLVideoElement): ImageData {
  const scale = Math.min(1, frameWidth / video.videoWidth)
  return toPixels(video, video.videoWidth * scale, video.videoHeight * scale)
}

function toCameraState(thrown: unknown): CameraState {
  switch (thrown instanceof DOMException ? thrown.name : '') {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotReadableError':
      return 'taken'
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused'
    default:
      return 'lost'
  }
}
