// One passkey in the list of ways to unlock: its name and date, a new name, and its removal, which is asked for twice.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { PasskeyWay } from '../../messages/ways.ts'
import { Button } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { callProved } from '../proof.tsx'
import { PasskeyName } from './passkeyName.tsx'
import { type ChangeWays, day } from './wayWords.ts'

interface Props {
  readonly passkey: PasskeyWay
  readonly unlocked: boolean
  readonly change: ChangeWays
}

export function PasskeyLine({ passkey, unlocked, change }: Props) {
  const doing = useSignal<'rename' | 'remove' | null>(null)
  const line = useRef<HTMLLIElement>(null)
  const { id, name, since } = passkey
  const shown = name ?? 'Passkey'
  if (!unlocked && doing.value !== null) doing.value = null
  const set = (what: 'rename' | 'remove') => {
    doing.value = what
  }
  const toHeading = () => document.getElementById('ways')?.focus()
  const end = () => {
    doing.value = null
    // The buttons that come back are those of before; the first of them is where the person was.
    requestAnimationFrame(() => line.current?.querySelector('button')?.focus())
  }
  const rename = (next: string) =>
    void change(() => call('renamePasskey', { id, name: next }), `It is called “${next}” now.`).then((done) => {
      if (done) end()
    })
  const remove = () =>
    void change(() => callProved('removePasskey', { id }), `“${shown}” no longer unlocks the vault.`).then((done) => {
      if (done) toHeading()
      else end()
    })
  return (
    <li ref={line}>
      <div class="site-head">
        <span class="site-name" id={`way-${id}`}>
          {name === null ? (
            shown
          ) : (
            <>
              “<Foreign>{name}</Foreign>”
            </>
          )}{' '}
          <span class="hint">{name === null ? `since ${day(since)}` : `passkey · since ${day(since)}`}</span>
        </span>
        {unlocked && doing.value === null ? (
          <span class="way-buttons">
            <Button describedBy={`way-${id}`} onClick={() => set('rename')}>
              Rename
            </Button>
            <Button describedBy={`way-${id}`} onClick={() => set('remove')}>
              Remove
            </Button>
          </span>
        ) : null}
      </div>
      {doing.value === 'rename' ? (
        <PasskeyName label="New name" value={name ?? ''} action="Save name" onName={rename} onCancel={end} />
      ) : null}
      {doing.value === 'remove' ? <Confirm name={shown} id={id} onRemove={remove} onKeep={end} /> : null}
    </li>
  )
}

interface ConfirmProps {
  readonly name: string
  readonly id: string
  readonly onRemove: () => void
  readonly onKeep: () => void
}

function Confirm({ name, id, onRemove, onKeep }: ConfirmProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('button')?.focus(), [])
  return (
    <div ref={box} class="way-form">
      <p id={`remove-${id}`}>
        “<Foreign>{name}</Foreign>” will no longer unlock this vault. Your texts, the password and the recovery key stay
        good. The passkey itself stays where you keep it, of no use, until you delete it there.
      </p>
      <div class="actions">
        <Button describedBy={`remove-${id}`} onClick={onRemove}>
          Remove passkey
        </Button>
        <Button kind="quiet" onClick={onKeep}>
          Keep it
        </Button>
      </div>
    </div>
  )
}
