// Shares in the options: whether there are any and who has them. Makes a new set, and removes the set.

import { useSignal } from '@preact/signals'
import type { RecoveryStatus } from '../../../messages/vault/recovery.ts'
import { counted, words } from '../../../words.ts'
import { dayOf } from '../../app/saveFile.ts'
import { useTask } from '../../app/task.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import { vaultNameOf } from '../../recovery/recoverySheet.ts'
import type { Recovery } from '../../recovery/recoveryStatus.ts'
import { thresholdSentence } from '../../recovery/shareSheet.ts'
import { callWithProof } from '../../secrets/proof.tsx'
import { ActionCard, type CardAction } from './actionCard.tsx'
import { MakeShares } from './makeShares.tsx'

export type SharesAction = 'making' | 'removing'
type Shares = NonNullable<RecoveryStatus['shares']>
type Ended = NonNullable<RecoveryStatus['ended']>

interface Props {
  readonly unlocked: boolean
  readonly recovery: Recovery
  readonly action: CardAction<SharesAction>
}

export function SharesCard({ unlocked, recovery, action }: Props) {
  /** The vault was locked before the new shares were in force: any that were printed by then open nothing. */
  const cutOff = useSignal(false)
  const removing = useTask()
  const { act } = action
  if (!unlocked && act.value !== null) {
    cutOff.value = act.value === 'making'
    act.value = null
  }
  if (act.value !== null && cutOff.value) cutOff.value = false
  const status = recovery.status.value
  const { shares = null, ended = null } = status ?? {}

  const remove = async (sentence: string) => {
    const removed = await removing.run('share', async () => void (await callWithProof('removeShares', {})))
    if (removed) action.end(sentence, recovery)
  }

  return (
    <ActionCard
      id="shares"
      title={words('optionsRecovery.shares.heading')}
      action={action}
      warning={
        <>
          {shares?.used && unlocked ? (
            <Notice kind="warning">
              <p>{words('optionsRecovery.shares.used')}</p>
            </Notice>
          ) : null}
          {cutOff.value ? (
            <Notice kind="warning">
              <p>{words('optionsRecovery.shares.cutOff')}</p>
            </Notice>
          ) : null}
          {ended !== null && act.value !== 'making' ? (
            <EndedShares
              ended={ended}
              busy={removing.busy.value}
              onMake={() => action.begin('making')}
              onNone={() => void remove(words('optionsRecovery.shares.noneInForce'))}
            />
          ) : null}
        </>
      }
    >
      {act.value === 'making' ? (
        <MakeShares
          vaultName={vaultNameOf(status?.name ?? null)}
          before={shares ?? (ended && { ...ended, count: ended.names.length })}
          replaces={shares !== null}
          onDone={() => action.end(words('optionsRecovery.shares.inForce'), recovery)}
          onCancel={() => action.begin(null)}
        />
      ) : (
        <>
          {shares === null ? <WhatSharesAre /> : <InForce shares={shares} />}
          {act.value === 'removing' ? (
            <Notice kind="warning">
              <p>{words('optionsRecovery.shares.removeMeans')}</p>
              <ErrorNotice error={removing.error.value} />
              <p class="actions">
                <Button busy={removing.busy.value} onClick={() => void remove(words('optionsRecovery.shares.removed'))}>
                  {words('optionsRecovery.shares.removeConfirm')}
                </Button>
                <Button kind="quiet" onClick={() => action.begin(null)}>
                  {words('optionsRecovery.shares.keep')}
                </Button>
              </p>
            </Notice>
          ) : (
            <p class="actions">
              <Button disabled={!unlocked} onClick={() => action.begin('making')}>
                {shares === null ? words('optionsRecovery.shares.make') : words('optionsRecovery.shares.makeNew')}
              </Button>
              {shares === null ? null : (
                <Button disabled={!unlocked} onClick={() => action.begin('removing')}>
                  {words('optionsRecovery.shares.remove')}
                </Button>
              )}
              <output>{unlocked ? null : words('optionsRecovery.shares.unlockFirst')}</output>
            </p>
          )}
        </>
      )}
    </ActionCard>
  )
}

interface EndedProps {
  readonly ended: Ended
  readonly busy: boolean
  readonly onMake: () => void
  readonly onNone: () => void
}

/** A new master key ends the shares: other people have them, so they can't be changed. */
function EndedShares({ ended: { at, threshold, names }, busy, onMake, onNone }: EndedProps) {
  return (
    <Notice kind="warning">
      <p>{counted('optionsRecovery.shares.ended', { n: names.length, threshold, day: dayOf(new Date(at)) })}</p>
      <p class="actions">
        <Button onClick={onMake}>{words('optionsRecovery.shares.endedMake')}</Button>
        <Button kind="quiet" busy={busy} onClick={onNone}>
          {words('optionsRecovery.shares.endedNone')}
        </Button>
      </p>
    </Notice>
  )
}

function WhatSharesAre() {
  return <p>{words('optionsRecovery.shares.what')}</p>
}

function InForce({ shares: { threshold, count, madeAt, names } }: { shares: Shares }) {
  return (
    <>
      <p>
        {thresholdSentence(threshold, count)} {words('optionsRecovery.shares.made', { day: dayOf(new Date(madeAt)) })}
      </p>
      {names === null ? null : (
        <ol class="lines holders">
          {names.map((holder, index) => (
            <li key={index}>
              {holder === '' ? (
                <span class="quiet">{words('optionsRecovery.shares.unnamed')}</span>
              ) : (
                <UntrustedText>{holder}</UntrustedText>
              )}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
