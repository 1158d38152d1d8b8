// The ways to unlock: every slot of the vault, since when it is there and what it is worth, and the passkeys to be added, named
// and removed. The list is the vault's own, asked for anew whenever the vault was locked, unlocked or changed.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { State } from '../../messages/shapes.ts'
import type { Way } from '../../messages/ways.ts'
import { type Deed, useDeed } from '../deed.ts'
import { NewAccessNotice, useNewAccess } from '../newAccess.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { AddPasskey } from './addPasskey.tsx'
import { PasskeyLine } from './passkeyLine.tsx'
import { type ChangeWays, wordsFor } from './wayWords.ts'

export function Ways({ seen }: { seen: State }) {
  const ways = useSignal<readonly Way[] | null>(null)
  const told = useSignal('')
  const deed = useDeed()
  const unlocked = seen.vault === 'unlocked'
  const access = useNewAccess(unlocked)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The popup's reminder leads here.
    if (location.hash === '#ways') heading.current?.focus()
  }, [])
  useLook(seen, ways, deed)
  const change: ChangeWays = async (work, words) => {
    told.value = ''
    const done = await deed.run('ways', async () => {
      await work()
      ways.value = (await call('waysIn', {})).ways
    })
    if (done) told.value = words
    return done
  }
  const passkeys = ways.value?.filter((way) => way.kind === 'passkey') ?? []
  return (
    <section class="card" aria-labelledby="ways">
      <h2 id="ways" ref={heading} tabIndex={-1}>
        Ways to unlock
      </h2>
      <p>Each of these opens the vault by itself. If one is in the wrong hands, replace or remove it.</p>
      <NewAccessNotice access={access} onConfirmed={() => heading.current?.focus()} />
      {ways.value === null ? null : (
        <ul class="sites">
          {ways.value.map((way) => (
            <Line key={way.id} way={way} unlocked={unlocked} change={change} />
          ))}
        </ul>
      )}
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
      <AddPasskey
        unlocked={unlocked}
        there={passkeys}
        onAdded={(name) => void change(async () => undefined, `“${name}” unlocks the vault from now on.`)}
      />
    </section>
  )
}

function useLook(seen: State, ways: Signal<readonly Way[] | null>, deed: Deed): void {
  useEffect(() => {
    let stale = false
    void call('waysIn', {}).then(
      (found) => {
        if (!stale) ways.value = found.ways
      },
      (thrown: unknown) => {
        void deed.run('ways', async () => {
          throw thrown
        })
      },
    )
    return () => {
      stale = true
    }
  }, [seen, ways, deed])
}

interface LineProps {
  readonly way: Way
  readonly unlocked: boolean
  readonly change: ChangeWays
}

function Line({ way, unlocked, change }: LineProps) {
  if (way.kind === 'passkey') return <PasskeyLine passkey={way} unlocked={unlocked} change={change} />
  const [name, more] = wordsFor(way)
  return (
    <li>
      <div class="site-head">
        <span class="site-name">
          {name} <span class="hint">{more}</span>
        </span>
      </div>
    </li>
  )
}
