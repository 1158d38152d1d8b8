// Which passkeys open the vault under a new master key: each is asked for what it unlocks with, and shows by that that it is
// here. What they gave stays in this tab's memory until the new key is made or the matter dropped, and is wiped then.

import { type Signal, signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { Ask } from '../../messages/protocol.ts'
import type { PasskeyWay, Prf } from '../../messages/ways.ts'
import { type Deed, useDeed } from '../deed.ts'
import { Button, Progress } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { askPasskeys, passkeysWork } from '../passkey.ts'
import { day } from './wayWords.ts'

export class ProvedPasskeys {
  readonly #answers: Signal<ReadonlyMap<string, Prf>> = signal(new Map())
  #over = false

  has(id: string): boolean {
    return this.#answers.value.has(id)
  }

  /** Asks the passkey, and the vault whether its answer is right. Failure as askPasskeys, and 'wrong-secret' | 'gone'. */
  async prove(passkey: PasskeyWay): Promise<void> {
    const { prf } = await askPasskeys([passkey])
    let right = false
    try {
      await call('provePasskey', { id: passkey.id, prf })
      right = true
    } finally {
      // The matter may have been dropped while the browser asked.
      if (right && !this.#over) this.#answers.value = new Map([...this.#answers.value, [passkey.id, prf]])
      else prf.fill(0)
    }
  }

  drop(id: string): void {
    this.#answers.value.get(id)?.fill(0)
    this.#answers.value = new Map([...this.#answers.value].filter(([other]) => other !== id))
  }

  proofs(): Ask<'renewMasterKey'>['passkeys'] {
    return [...this.#answers.value].map(([id, prf]) => ({ id, prf }))
  }

  /** The matter is over. */
  wipe(): void {
    this.#over = true
    for (const prf of this.#answers.value.values()) prf.fill(0)
    this.#answers.value = new Map()
  }
}

interface Props {
  readonly passkeys: readonly PasskeyWay[]
  readonly proved: ProvedPasskeys
  readonly onChosen: () => void
}

export function KeepPasskeys({ passkeys, proved, onChosen }: Props) {
  const works = useSignal<boolean | null>(null)
  const deed = useDeed()
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    head.current?.focus()
    void passkeysWork().then((yes) => {
      works.value = yes
    })
  }, [works])
  const kept = passkeys.filter(({ id }) => proved.has(id)).length
  return (
    <>
      <h4 ref={head} tabIndex={-1}>
        Your passkeys
      </h4>
      {works.value === false ? (
        <p>
          This browser does not let extensions use passkeys, so they can’t be kept from here: they would no longer open
          the vault. To keep them, replace the master key in a browser that unlocks with them.
        </p>
      ) : (
        <p>Each that is to go on opening the vault has to be used once now. Any other no longer opens it.</p>
      )}
      <ul class="sites">
        {passkeys.map((passkey) => (
          <Line key={passkey.id} passkey={passkey} proved={proved} deed={deed} works={works.value === true} />
        ))}
      </ul>
      <TroubleNotice trouble={deed.trouble.value} />
      {deed.busy.value ? <Progress busy label="Waiting for your passkey" /> : null}
      <p class="actions">
        <Button kind="main" busy={deed.busy.value} onClick={onChosen}>
          {kept === passkeys.length ? 'Continue' : `Continue with ${kept} of ${passkeys.length} kept`}
        </Button>
      </p>
    </>
  )
}

interface LineProps {
  readonly passkey: PasskeyWay
  readonly proved: ProvedPasskeys
  readonly deed: Deed
  readonly works: boolean
}

function Line({ passkey, proved, deed, works }: LineProps) {
  const { id, name, since } = passkey
  const isKept = proved.has(id)
  return (
    <li>
      <div class="site-head">
        <span class="site-name" id={`keep-${id}`}>
          {name === null ? (
            'Passkey'
          ) : (
            <>
              “<Foreign>{name}</Foreign>”
            </>
          )}{' '}
          <span class="hint">since {day(since)}</span>
        </span>
        <output class={isKept ? 'good' : 'hint'}>{isKept ? 'Stays' : null}</output>
        {works ? (
          <Button
            busy={deed.busy.value}
            describedBy={`keep-${id}`}
            onClick={() => (isKept ? proved.drop(id) : void deed.run('passkey-keep', () => proved.prove(passkey)))}
          >
            {isKept ? 'Don’t keep it' : 'Keep this passkey'}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
