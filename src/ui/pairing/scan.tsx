// The camera's picture, and the buttons around it. It is off until the person starts it, and off again once they leave.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../../words.ts'
import { Button } from '../parts/button.tsx'
import { Camera } from './qr/camera.ts'
import { cameraSentence } from './words.ts'

/** `onText` gives false where the text could not be read; it is then called again for the same text. */
export function Scan({ onText }: { onText: (text: string) => Promise<boolean> }) {
  const camera = useSignal(new Camera()).value
  const video = useRef<HTMLVideoElement>(null)
  const state = camera.state.value
  const isScanning = state === 'on' || state === 'asking'
  useEffect(() => () => camera.stop(), [camera])
  const start = () => {
    const seen = new Set<string>()
    const take = (text: string) => {
      if (seen.has(text)) return
      seen.add(text)
      void onText(text).then((read) => {
        if (!read) seen.delete(text)
      })
    }
    if (video.current !== null) void camera.start(video.current, take)
  }
  return (
    <div class="scan">
      <video
        ref={video}
        class="camera"
        hidden={state !== 'on'}
        muted
        playsInline
        aria-label={words('pairing.camera.label')}
      />
      <p class="actions">
        <Button
          kind="main"
          onClick={() => {
            if (isScanning) camera.stop()
            else start()
          }}
        >
          {isScanning ? words('pairing.camera.stop') : words('pairing.camera.start')}
        </Button>
        <output>{camera.overran.value ? words('pairing.camera.overran') : cameraSentence(state)}</output>
      </p>
    </div>
  )
}
