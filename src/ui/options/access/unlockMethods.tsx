// The unlock methods: every slot of the vault with its date and its strength. Adds, renames and removes passkeys. Loads the list again
// whenever the vault is locked, unlocked or changed.

import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { UnlockMethod } from '../../../messages/vault/unlockMethods.ts'
import type { VaultState } from '../../../messages/vault/vault.ts'
import { words } from '../../../words.ts'
import { type Task, useTask } from '../../app/task.ts'
import { ErrorNotice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { NewAccessNotice, useNewAccess } from '../../secrets/newAccess.tsx'
import { AddPasskey } from './addPasskey.tsx'
import { PasskeyLine } from './passkeyLine.tsx'
import { type ChangeUnlockMethods, wordsFor } from './unlockMethodWords.ts'

export function UnlockMethods({ seen }: { seen: VaultState }) {
  const methods = useSignal<readonly UnlockMethod[] | null>(null)
  const message = useSignal<ComponentChildren>('')
  const task = useTask()
  const unlocked = seen.vault === 'unlocked'
  const access = useNewAccess(unlocked)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The popup's reminder leads here.
    if (location.hash === '#ways') heading.current?.focus()
  }, [])
  useLook(seen, methods, task)
  const change: ChangeUnlockMethods = async (work, sentence) => {
    message.value = ''
    const done = await task.run('unlock-methods', async () => {
      await work()
      methods.value = (await call('listUnlockMethods', {})).methods
    })
    if (done) message.value = sentence
    return done
  }
  const passkeys = methods.value?.filter((method) => method.kind === 'passkey') ?? []
  return (
    <section class="card" aria-labelledby="ways">
      <h2 id="ways" ref={heading} tabIndex={-1}>
        {words('optionsAccess.methods.heading')}
      </h2>
      <p>{words('optionsAccess.methods.what')}</p>
      <NewAccessNotice access={access} onConfirmed={() => heading.current?.focus()} />
      {methods.value === null ? null : (
        <ul class="sites">
          {methods.value.map((method) => (
            <Line key={method.id} method={method} unlocked={unlocked} change={change} />
          ))}
        </ul>
      )}
      <output class="message">{message.value}</output>
      <ErrorNotice error={task.error.value} />
      <AddPasskey
        unlocked={unlocked}
        existing={passkeys}
        onAdded={(name) =>
          void change(
            async () => undefined,
            say('optionsAccess.passkey.added', { name: <UntrustedText>{name}</UntrustedText> }),
          )
        }
      />
    </section>
  )
}

function useLook(seen: VaultState, methods: Signal<readonly UnlockMethod[] | null>, task: Task): void {
  useEffect(() => {
    let stale = false
    void call('listUnlockMethods', {}).then(
      (found) => {
        if (!stale) methods.value = found.methods
      },
      (thrown: unknown) => {
        void task.run('unlock-methods', async () => {
          throw thrown
        })
      },
    )
    return () => {
      stale = true
    }
  }, [seen, methods, task])
}

interface LineProps {
  readonly method: UnlockMethod
  readonly unlocked: boolean
  readonly change: ChangeUnlockMethods
}

function Line({ method, unlocked, change }: LineProps) {
  if (method.kind === 'passkey') return <PasskeyLine passkey={method} unlocked={unlocked} change={change} />
  const [heading, details] = wordsFor(method)
  return (
    <li>
      <div class="site-head">
        <span class="site-name">
          {heading} <span class="hint">{details}</span>
        </span>
      </div>
    </li>
  )
}
