// A passkey in the list of unlock methods: shows its name and date, renames it, and removes it after a second question.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { PasskeyMethod } from '../../../messages/vault/unlockMethods.ts'
import { words } from '../../../words.ts'
import { Button } from '../../parts/button.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { callWithProof } from '../../secrets/proof.tsx'
import { PasskeyName } from './passkeyName.tsx'
import { type ChangeUnlockMethods, formatDay } from './unlockMethodWords.ts'

interface Props {
  readonly passkey: PasskeyMethod
  readonly unlocked: boolean
  readonly change: ChangeUnlockMethods
}

export function PasskeyLine({ passkey, unlocked, change }: Props) {
  const action = useSignal<'rename' | 'remove' | null>(null)
  const line = useRef<HTMLLIElement>(null)
  const { id, name, since } = passkey
  const shownName = name ?? words('optionsAccess.methods.passkey')
  if (!unlocked && action.value !== null) action.value = null
  const startAction = (chosen: 'rename' | 'remove') => {
    action.value = chosen
  }
  const focusHeading = () => document.getElementById('ways')?.focus()
  const endAction = () => {
    action.value = null
    // The earlier buttons are back by then; the person pressed one of them.
    requestAnimationFrame(() => line.current?.querySelector('button')?.focus())
  }
  const rename = (next: string) =>
    void change(
      () => call('renamePasskey', { id, name: next }),
      say('optionsAccess.passkey.renamed', { name: <UntrustedText>{next}</UntrustedText> }),
    ).then((done) => {
      if (done) endAction()
    })
  const remove = () =>
    void change(
      () => callWithProof('removePasskey', { id }),
      say('optionsAccess.passkey.removed', { name: <UntrustedText>{shownName}</UntrustedText> }),
    ).then((done) => {
      if (done) focusHeading()
      else endAction()
    })
  return (
    <li ref={line}>
      <div class="site-head">
        <span class="site-name" id={`way-${id}`}>
          {name === null
            ? shownName
            : say('optionsAccess.methods.named', { name: <UntrustedText>{name}</UntrustedText> })}{' '}
          <span class="hint">
            {name === null
              ? words('optionsAccess.methods.passkeyDetails', { day: formatDay(since) })
              : words('optionsAccess.methods.namedDetails', { day: formatDay(since) })}
          </span>
        </span>
        {unlocked && action.value === null ? (
          <span class="way-buttons">
            <Button describedBy={`way-${id}`} onClick={() => startAction('rename')}>
              {words('optionsAccess.passkey.rename')}
            </Button>
            <Button describedBy={`way-${id}`} onClick={() => startAction('remove')}>
              {words('optionsAccess.passkey.remove')}
            </Button>
          </span>
        ) : null}
      </div>
      {action.value === 'rename' ? (
        <PasskeyName
          label={words('optionsAccess.passkey.newName')}
          value={name ?? ''}
          action={words('optionsAccess.passkey.saveName')}
          onName={rename}
          onCancel={endAction}
        />
      ) : null}
      {action.value === 'remove' ? <Confirm name={shownName} id={id} onRemove={remove} onKeep={endAction} /> : null}
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
        {say('optionsAccess.passkey.removeMeans', { name: <UntrustedText>{name}</UntrustedText> })}
      </p>
      <div class="actions">
        <Button describedBy={`remove-${id}`} onClick={onRemove}>
          {words('optionsAccess.passkey.removeConfirm')}
        </Button>
        <Button kind="quiet" onClick={onKeep}>
          {words('optionsAccess.passkey.keep')}
        </Button>
      </div>
    </div>
  )
}
