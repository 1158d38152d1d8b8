// Shares in the options: whether there are any and with whom, making a new set, and taking the set back.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import type { RecoveryNews } from '../../messages/recovering.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import type { Recovery } from '../recoveryNews.ts'
import { defaultVaultName } from '../recoverySheet.ts'
import { dayOf } from '../saveFile.ts'
import { together } from '../shareSheet.ts'
import { MakeShares } from './makeShares.tsx'

type Act = 'none' | 'making' | 'removing'
type Shares = NonNullable<RecoveryNews['shares']>

export function SharesCard({ unlocked, recovery }: { unlocked: boolean; recovery: Recovery }) {
  const act = useSignal<Act>('none')
  const done = useSignal('')
  /** The vault was locked while shares were being made: what was printed by then opens nothing. */
  const cutOff = useSignal(false)
  const removing = useDeed()
  const said = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLHeadingElement>(null)
  if (!unlocked && act.value !== 'none') {
    cutOff.value = act.value === 'making'
    act.value = 'none'
  }
  useEffect(() => {
    if (location.hash === '#shares') head.current?.focus()
  }, [])
  const news = recovery.news.value
  const shares = news?.shares ?? null

  const begin = (next: Act) => {
    done.value = ''
    cutOff.value = false
    act.value = next
    // The button that was pressed goes; what comes may take the focus further.
    head.current?.focus()
  }
  const end = (words: string) => {
    act.value = 'none'
    done.value = words
    void recovery.look()
    said.current?.focus()
  }
  const remove = async () => {
    const removed = await removing.run('share', async () => void (await call('removeShares', {})))
    if (removed) end('The shares are taken back: they no longer open anything. Ask for them to be destroyed.')
  }

  return (
    <section class="card" aria-labelledby="shares">
      <h2 id="shares" ref={head} tabIndex={-1}>
        Shares for people you trust
      </h2>
      {shares?.used && unlocked ? (
        <Notice kind="warning">
          <p>
            Shares were used to set a new password, and they still work. If someone may have seen or copied them, make
            new shares now.
          </p>
        </Notice>
      ) : null}
      {cutOff.value ? (
        <Notice kind="warning">
          <p>
            The vault was locked before the new shares were put in force. If you have printed or saved any of them,
            destroy them: they open nothing. Shares made before go on working.
          </p>
        </Notice>
      ) : null}
      <div role="status" ref={said} tabIndex={-1} class="said">
        {done.value === '' ? null : (
          <Notice kind="done">
            <p>{done.value}</p>
          </Notice>
        )}
      </div>
      {act.value === 'making' ? (
        <MakeShares
          vaultName={news?.name ?? defaultVaultName}
          before={shares}
          onDone={() => end('The shares are in force. Only together do they open your vault.')}
          onCancel={() => begin('none')}
        />
      ) : (
        <>
          {shares === null ? <WhatSharesAre /> : <InForce shares={shares} />}
          {act.value === 'removing' ? (
            <Notice kind="warning">
              <p>The shares then open nothing any more. This can’t be undone; you can make new ones.</p>
              <TroubleNotice trouble={removing.trouble.value} />
              <p class="actions">
                <Button busy={removing.busy.value} onClick={() => void remove()}>
                  Take the shares back
                </Button>
                <Button kind="quiet" onClick={() => begin('none')}>
                  Keep them
                </Button>
              </p>
            </Notice>
          ) : (
            <p class="actions">
              <Button disabled={!unlocked} onClick={() => begin('making')}>
                {shares === null ? 'Make shares' : 'Make new shares'}
              </Button>
              {shares === null ? null : (
                <Button disabled={!unlocked} onClick={() => begin('removing')}>
                  Remove shares
                </Button>
              )}
              <output>{unlocked ? null : 'Unlock the vault to change this.'}</output>
            </p>
          )}
        </>
      )}
    </section>
  )
}

function WhatSharesAre() {
  return (
    <p>
      Give several people a share each. Enough of them together can open your vault when you have lost both password and
      recovery key; fewer learn nothing from theirs.
    </p>
  )
}

function InForce({ shares: { threshold, count, madeAt, names } }: { shares: Shares }) {
  return (
    <>
      <p>
        {together(threshold, count)} Made on {dayOf(new Date(madeAt))}.
      </p>
      {names === null ? null : (
        <ol class="lines holders">
          {names.map((name, at) => (
            <li key={at}>{name === '' ? <span class="quiet">no name given</span> : name}</li>
          ))}
        </ol>
      )}
    </>
  )
}
