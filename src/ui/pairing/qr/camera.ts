// Reads codes off another screen with the camera, some eight times a second where the device can keep up. Keeps no picture, and
// never leaves the camera on in a tab that is out of sight.

import { type Signal, signal } from '@preact/signals'
import { CodeReader } from './codeReader.ts'
import { toPixels } from './pictures.ts'

/** The longest pause between two scans; half of it on average. */
const pauseMs = 250
/** Frames are scaled down to this width, in pixels, before decoding. */
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
  /** Switched off because its tab went out of sight. */
  | 'hidden'

export class Camera {
  readonly state: Signal<CameraState> = signal<CameraState>('off')
  /** Whether the last picture took too long to decode. */
  readonly overran: Signal<boolean> = signal(false)
  #stream: MediaStream | null = null
  #reader: CodeReader | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts starts and stops: an answer from before the last of them is ignored. */
  #session = 0

  /** Shows the picture in `video`, and calls `onText` with the text of each code, often the same one. */
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
        // A fixed pause could fall in step with the pictures, and see some again and again and others never.
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
