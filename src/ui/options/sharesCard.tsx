// Shares in the options: whether there are any and with whom, making a new set, and taking the set back.

import { useSignal } from '@preact/signals'
import type { RecoveryNews } from '../../messages/recovering.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { callProved } from '../proof.tsx'
import type { Recovery } from '../recoveryNews.ts'
import { defaultVaultName } from '../recoverySheet.ts'
import { dayOf } from '../saveFile.ts'
import { together } from '../shareSheet.ts'
import { ActCard, type Acts } from './actCard.tsx'
import { MakeShares } from './makeShares.tsx'

export type SharesAct = 'making' | 'removing'
type Shares = NonNullable<RecoveryNews['shares']>
type Ended = NonNullable<RecoveryNews['ended']>

interface Props {
  readonly unlocked: boolean
  readonly recovery: Recovery
  readonly acts: Acts<SharesAct>
}

export function SharesCard({ unlocked, recovery, acts }: Props) {
  /** The vault was locked while shares were being made: what was printed by then opens nothing. */
  const cutOff = useSignal(false)
  const removing = useDeed()
  const { act } = acts
  if (!unlocked && act.value !== null) {
    cutOff.value = act.value === 'making'
    act.value = null
  }
  if (act.value !== null && cutOff.value) cutOff.value = false
  const news = recovery.news.value
  const { shares = null, ended = null } = news ?? {}

  const remove = async (words: string) => {
    const removed = await removing.run('share', async () => void (await callProved('removeShares', {})))
    if (removed) acts.end(words, recovery)
  }

  return (
    <ActCard
      id="shares"
      title="Shares for people you trust"
      acts={acts}
      warning={
        <>
          {shares?.used && unlocked ? (
            <Notice kind="warning">
              <p>
                Shares were used to set a new password, and they still work. If someone may have seen or copied them,
                make new shares now.
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
          {ended !== null && act.value !== 'making' ? (
            <EndedShares
              ended={ended}
              busy={removing.busy.value}
              onMake={() => acts.begin('making')}
              onNone={() => void remove('No shares are in force.')}
            />
          ) : null}
        </>
      }
    >
      {act.value === 'making' ? (
        <MakeShares
          vaultName={news?.name ?? defaultVaultName}
          before={shares ?? (ended && { ...ended, count: ended.names.length })}
          replaces={shares !== null}
          onDone={() => acts.end('The shares are in force. Only together do they open your vault.', recovery)}
          onCancel={() => acts.begin(null)}
        />
      ) : (
        <>
          {shares === null ? <WhatSharesAre /> : <InForce shares={shares} />}
          {act.value === 'removing' ? (
            <Notice kind="warning">
              <p>The shares then open nothing any more. This can’t be undone; you can make new ones.</p>
              <TroubleNotice trouble={removing.trouble.value} />
              <p class="actions">
                <Button
                  busy={removing.busy.value}
                  onClick={() =>
                    void remove(
                      'The shares are taken back: they no longer open anything. Ask for them to be destroyed.',
                    )
                  }
                >
                  Take the shares back
                </Button>
                <Button kind="quiet" onClick={() => acts.begin(null)}>
                  Keep them
                </Button>
              </p>
            </Notice>
          ) : (
            <p class="actions">
              <Button disabled={!unlocked} onClick={() => acts.begin('making')}>
                {shares === null ? 'Make shares' : 'Make new shares'}
              </Button>
              {shares === null ? null : (
                <Button disabled={!unlocked} onClick={() => acts.begin('removing')}>
                  Remove shares
                </Button>
              )}
              <output>{unlocked ? null : 'Unlock the vault to change this.'}</output>
            </p>
          )}
        </>
      )}
    </ActCard>
  )
}

interface EndedProps {
  readonly ended: Ended
  readonly busy: boolean
  readonly onMake: () => void
  readonly onNone: () => void
}

/** A new master key can't be put under shares that are with other people. */
function EndedShares({ ended: { at, threshold, names }, busy, onMake, onNone }: EndedProps) {
  return (
    <Notice kind="warning">
      <p>
        The vault got a new master key on {dayOf(new Date(at))}. The shares of before, any {threshold} of {names.length}
        , no longer open it: ask for them to be destroyed, and give the same people new ones.
      </p>
      <p class="actions">
        <Button onClick={onMake}>Make new shares for them</Button>
        <Button kind="quiet" busy={busy} onClick={onNone}>
          No shares any more
        </Button>
      </p>
    </Notice>
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
