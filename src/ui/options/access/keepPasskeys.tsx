// Which passkeys unlock the vault under a new master key: the person uses each once, which proves that they have it. The answers
// stay in this tab's memory until the new key is made or the person cancels, and are wiped then.

import { type Signal, signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../../messages/call.ts'
import type { Request } from '../../../messages/protocol.ts'
import type { PasskeyMethod, Prf } from '../../../messages/vault/unlockMethods.ts'
import { words } from '../../../words.ts'
import { type Task, useTask } from '../../app/task.ts'
import { Button, Progress } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { askPasskeys, passkeysWork } from '../../secrets/passkey.ts'
import { formatDay } from './unlockMethodWords.ts'

export class ProvedPasskeys {
  readonly #answers: Signal<ReadonlyMap<string, Prf>> = signal(new Map())
  #wiped = false

  has(id: string): boolean {
    return this.#answers.value.has(id)
  }

  /** Asks the passkey for its bytes, and the vault whether they are right. Failure as askPasskeys, and 'wrong-secret' | 'gone'. */
  async prove(passkey: PasskeyMethod): Promise<void> {
    const { prf } = await askPasskeys([passkey])
    let isRight = false
    try {
      await call('checkPasskey', { id: passkey.id, prf })
      isRight = true
    } finally {
      // The person may have cancelled while the browser asked.
      if (isRight && !this.#wiped) this.#answers.value = new Map([...this.#answers.value, [passkey.id, prf]])
      else prf.fill(0)
    }
  }

  drop(id: string): void {
    this.#answers.value.get(id)?.fill(0)
    this.#answers.value = new Map([...this.#answers.value].filter(([keptId]) => keptId !== id))
  }

  proofs(): Request<'rotateMasterKey'>['passkeys'] {
    return [...this.#answers.value].map(([id, prf]) => ({ id, prf }))
  }

  /** For good: an answer that arrives later is wiped too. */
  wipe(): void {
    this.#wiped = true
    for (const prf of this.#answers.value.values()) prf.fill(0)
    this.#answers.value = new Map()
  }
}

interface Props {
  readonly passkeys: readonly PasskeyMethod[]
  readonly proved: ProvedPasskeys
  readonly onChosen: () => void
}

export function KeepPasskeys({ passkeys, proved, onChosen }: Props) {
  const supported = useSignal<boolean | null>(null)
  const task = useTask()
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    head.current?.focus()
    void passkeysWork().then((isSupported) => {
      supported.value = isSupported
    })
  }, [supported])
  const kept = passkeys.filter(({ id }) => proved.has(id)).length
  return (
    <>
      <h4 ref={head} tabIndex={-1}>
        {words('optionsAccess.rotate.passkeysHeading')}
      </h4>
      {supported.value === false ? (
        <p>{words('optionsAccess.rotate.passkeysUnsupported')}</p>
      ) : (
        <p>{words('optionsAccess.rotate.passkeysUse')}</p>
      )}
      <ul class="sites">
        {passkeys.map((passkey) => (
          <Line key={passkey.id} passkey={passkey} proved={proved} task={task} supported={supported.value === true} />
        ))}
      </ul>
      <ErrorNotice error={task.error.value} />
      {task.busy.value ? <Progress busy label={words('optionsAccess.passkey.waiting')} /> : null}
      <p class="actions">
        <Button kind="main" busy={task.busy.value} onClick={onChosen}>
          {kept === passkeys.length
            ? words('optionsAccess.rotate.continue')
            : words('optionsAccess.rotate.continueWith', { kept, count: passkeys.length })}
        </Button>
      </p>
    </>
  )
}

interface LineProps {
  readonly passkey: PasskeyMethod
  readonly proved: ProvedPasskeys
  readonly task: Task
  readonly supported: boolean
}

function Line({ passkey, proved, task, supported }: LineProps) {
  const { id, name, since } = passkey
  const isKept = proved.has(id)
  return (
    <li>
      <div class="site-head">
        <span class="site-name" id={`keep-${id}`}>
          {name === null
            ? words('optionsAccess.methods.passkey')
            : say('optionsAccess.methods.named', { name: <UntrustedText>{name}</UntrustedText> })}{' '}
          <span class="hint">{words('optionsAccess.methods.passkeyDetails', { day: formatDay(since) })}</span>
        </span>
        <output class={isKept ? 'good' : 'hint'}>{isKept ? words('optionsAccess.rotate.passkeyKept') : null}</output>
        {supported ? (
          <Button
            busy={task.busy.value}
            describedBy={`keep-${id}`}
            onClick={() => (isKept ? proved.drop(id) : void task.run('passkey-keep', () => proved.prove(passkey)))}
          >
            {isKept ? words('optionsAccess.rotate.passkeyDrop') : words('optionsAccess.rotate.passkeyKeep')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
