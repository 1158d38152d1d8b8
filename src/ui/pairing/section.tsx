// The options' part on pairing: this vault shown to another browser, or the one that another browser shows taken in.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Show } from './show.tsx'
import { Take } from './take.tsx'

type Act = 'none' | 'showing' | 'taking'

export function Pairing({ unlocked }: { unlocked: boolean }) {
  const act = useSignal<Act>('none')
  const heading = useRef<HTMLHeadingElement>(null)
  const ended = useRef(false)
  useEffect(() => {
    if (act.value === 'none' && ended.current) heading.current?.focus()
    ended.current = act.value !== 'none'
  }, [act.value])
  const begin = (next: Act) => () => {
    act.value = next
  }
  return (
    <div class="other-browser">
      <h3 ref={heading} tabIndex={-1}>
        Another browser
      </h3>
      {act.value === 'none' || !unlocked ? (
        <>
          <p>
            Chrome and Firefox share no sync. Pair them with moving pictures, a file or a text, and a code: no network
            is needed. It brings your vault to a browser that has none, and merges both where it has one.
          </p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={begin('showing')}>
              Show this vault to another browser
            </Button>
            <Button disabled={!unlocked} onClick={begin('taking')}>
              Pair with another browser
            </Button>
            <output>{unlocked ? null : 'Unlock the vault to pair.'}</output>
          </p>
        </>
      ) : null}
      {unlocked && act.value === 'showing' ? <Show onEnd={begin('none')} /> : null}
      {unlocked && act.value === 'taking' ? (
        <>
          <p>
            In the other browser, open Fieldseal’s options and choose “Show this vault to another browser”. Nothing is
            changed here before you are told what it brings.
          </p>
          <Take into="vault" onTaken={() => undefined} />
          <p class="actions">
            <Button kind="quiet" onClick={begin('none')}>
              Close
            </Button>
          </p>
        </>
      ) : null}
    </div>
  )
}
