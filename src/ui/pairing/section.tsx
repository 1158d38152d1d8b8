// The options' part on pairing: shows this vault to another browser, or accepts the one that another browser shows.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../../words.ts'
import { Button } from '../parts/button.tsx'
import { AcceptPairing } from './acceptPairing.tsx'
import { ShowVault } from './show.tsx'

type Mode = 'none' | 'showing' | 'accepting'

export function Pairing({ unlocked }: { unlocked: boolean }) {
  const mode = useSignal<Mode>('none')
  const heading = useRef<HTMLHeadingElement>(null)
  const ended = useRef(false)
  useEffect(() => {
    if (mode.value === 'none' && ended.current) heading.current?.focus()
    ended.current = mode.value !== 'none'
  }, [mode.value])
  const enter = (next: Mode) => () => {
    mode.value = next
  }
  return (
    <div class="other-browser">
      <h3 ref={heading} tabIndex={-1}>
        {words('pairing.section.heading')}
      </h3>
      {mode.value === 'none' || !unlocked ? (
        <>
          <p>{words('pairing.section.what')}</p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={enter('showing')}>
              {words('pairing.show.title')}
            </Button>
            <Button disabled={!unlocked} onClick={enter('accepting')}>
              {words('pairing.section.take')}
            </Button>
            <output>{unlocked ? null : words('pairing.section.unlock')}</output>
          </p>
        </>
      ) : null}
      {unlocked && mode.value === 'showing' ? <ShowVault onEnd={enter('none')} /> : null}
      {unlocked && mode.value === 'accepting' ? (
        <>
          <p>{words('pairing.section.howToTake', { button: words('pairing.show.title') })}</p>
          <AcceptPairing into="vault" onAccepted={() => undefined} />
          <p class="actions">
            <Button kind="quiet" onClick={enter('none')}>
              {words('pairing.section.close')}
            </Button>
          </p>
        </>
      ) : null}
    </div>
  )
}
