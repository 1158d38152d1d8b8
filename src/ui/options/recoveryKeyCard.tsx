// The recovery key in the options: whether it was tested, testing it, and replacing it by a new one.

import { useSignal } from '@preact/signals'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import type { Recovery } from '../recoveryNews.ts'
import { ReplaceRecovery } from '../replaceRecovery.tsx'
import { dayOf } from '../saveFile.ts'
import { TestReminder } from '../testReminder.tsx'
import { ActCard, useActs } from './actCard.tsx'
import { TestRecovery } from './testRecovery.tsx'

interface Props {
  readonly unlocked: boolean
  /** The key was used and has not been replaced since. */
  readonly due: boolean
  readonly recovery: Recovery
}

export function RecoveryKeyCard({ unlocked, due, recovery }: Props) {
  const acts = useActs<'testing' | 'replacing'>({ '#test': 'testing' })
  const replaced = useSignal(false)
  const { act } = acts
  if (!unlocked && act.value === 'replacing') act.value = null
  const news = recovery.news.value

  return (
    <ActCard
      id="recovery"
      title="Recovery key"
      acts={acts}
      warning={
        <>
          {due && !replaced.value ? (
            <Notice kind="warning">
              <p>Your recovery key was used. It still works; replace it now, in case someone saw it.</p>
            </Notice>
          ) : null}
          {unlocked && news?.testDue === true && act.value === null ? (
            <TestReminder onTest={() => acts.begin('testing')} onLater={() => void recovery.look()} />
          ) : null}
        </>
      }
    >
      {act.value === 'testing' && unlocked ? (
        <TestRecovery
          onRight={() => acts.end('Your copy is right: this key opens your vault. Put it back where it was.', recovery)}
          onCancel={() => acts.begin(null)}
        />
      ) : null}
      {act.value === 'replacing' ? (
        <ReplaceRecovery
          onCancel={() => acts.begin(null)}
          onDone={() => {
            replaced.value = true
            acts.end('Replaced. The old recovery key no longer opens anything: destroy it.', recovery)
          }}
        />
      ) : null}
      {act.value === 'replacing' || (act.value === 'testing' && unlocked) ? null : (
        <>
          <p>
            The recovery key opens the vault when the password is forgotten. A new one takes the place of the old one.{' '}
            {testedSentence(unlocked, news?.testedAt ?? null)}
          </p>
          <p class="actions">
            <Button disabled={!unlocked} onClick={() => acts.begin('testing')}>
              Test recovery key
            </Button>
            <Button disabled={!unlocked} onClick={() => acts.begin('replacing')}>
              Replace recovery key
            </Button>
            <output>{unlocked ? null : 'Unlock the vault to test or to replace it.'}</output>
          </p>
        </>
      )}
    </ActCard>
  )
}

function testedSentence(unlocked: boolean, testedAt: string | null): string {
  if (!unlocked) return ''
  return testedAt === null ? 'It was never tested.' : `Last tested on ${dayOf(new Date(testedAt))}.`
}
