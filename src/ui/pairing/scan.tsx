// The camera's picture, and the buttons around it. It is off until it is asked for, and off again when this is left.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Camera } from './camera.ts'
import { cameraSentence, slowPictureSentence } from './words.ts'

/** `onText` gives false where it could not be looked at, and is then asked once more. */
export function Scan({ onText }: { onText: (text: string) => Promise<boolean> }) {
  const camera = useSignal(new Camera()).value
  const video = useRef<HTMLVideoElement>(null)
  const state = camera.state.value
  const looks = state === 'on' || state === 'asking'
  useEffect(() => () => camera.stop(), [camera])
  const start = () => {
    const seen = new Set<string>()
    const said = (text: string) => {
      if (seen.has(text)) return
      seen.add(text)
      void onText(text).then((done) => {
        if (!done) seen.delete(text)
      })
    }
    if (video.current !== null) void camera.start(video.current, said)
  }
  return (
    <div class="scan">
      <video ref={video} class="camera" hidden={state !== 'on'} muted playsInline aria-label="What the camera sees" />
      <p class="actions">
        <Button
          kind="main"
          onClick={() => {
            if (looks) camera.stop()
            else start()
          }}
        >
          {looks ? 'Stop the camera' : 'Scan with the camera'}
        </Button>
        <output>{camera.overran.value ? slowPictureSentence : cameraSentence(state)}</output>
      </p>
    </div>
  )
}
