// The recovery key in the options: whether it was tested. Tests it, and replaces it by a new one.

import { useSignal } from '@preact/signals'
import { words } from '../../../words.ts'
import { dayOf } from '../../app/saveFile.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { Recovery } from '../../recovery/recoveryStatus.ts'
import { ReplaceRecovery } from '../../recovery/replaceRecovery.tsx'
import { TestReminder } from '../../recovery/testReminder.tsx'
import { ActionCard, useCardAction } from './actionCard.tsx'
import { TestRecovery } from './testRecovery.tsx'

interface Props {
  readonly unlocked: boolean
  /** The key was used and has not been replaced since. */
  readonly due: boolean
  readonly recovery: Recovery
}

export function RecoveryKeyCard({ unlocked, due, recovery }: Props) {
  const action = useCardAction<'testing' | 'replacing'>({ '#test': 'testing' })
  const wasReplaced = useSignal(false)
  const { act } = action
  if (!unlocked && act.value === 'replacing') act.value = null
  const status = recovery.status.value

  return (
    <ActionCard
      id="recovery"
      title={words('optionsRecovery.key.heading')}
      action={action}
      warning={
        <>
          {due && !wasReplaced.value ? (
            <Notice kind="warning">
              <p>{words('optionsRecovery.key.used')}</p>
            </Notice>
          ) : null}
          {unlocked && status?.testDue === true && act.value === null ? (
            <TestReminder onTest={() => action.begin('testing')} onLater={() => void recovery.look()} />
          ) : null}
        </>
      }
    >
      {act.value === 'testing' && unlocked ? (
        <TestRecovery
          onRight={() => action.end(words('optionsRecovery.key.right'), recovery)}
          onCancel={() => action.begin(null)}
        />
      ) : null}
      {act.value === 'replacing' ? (
        <ReplaceRecovery
          onCancel={() => action.begin(null)}
          onDone={() => {
            wasReplaced.value = true
            action.end(words('optionsRecovery.key.replaced'), recovery)
          }}
        />
      ) : null}
      {act.value === 'replacing' || (act.value === 'testing' && unlocked) ? null : (
        <>
          <p>
            {words('optionsRecovery.key.what')} {testedSentence(unlocked, status?.testedAt ?? null)}
          </p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={() => action.begin('testing')}>
              {words('optionsRecovery.key.test')}
            </Button>
            <Button disabled={!unlocked} onClick={() => action.begin('replacing')}>
              {words('optionsRecovery.key.replace')}
            </Button>
            <output>{unlocked ? null : words('optionsRecovery.key.unlockFirst')}</output>
          </p>
        </>
      )}
    </ActionCard>
  )
}

function testedSentence(unlocked: boolean, testedAt: string | null): string {
  if (!unlocked) return ''
  return testedAt === null
    ? words('optionsRecovery.key.untested')
    : words('optionsRecovery.key.tested', { day: dayOf(new Date(testedAt)) })
}
