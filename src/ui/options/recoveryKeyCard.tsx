// The recovery key in the options: whether it was tested, testing it, and replacing it by a new one.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import type { Recovery } from '../recoveryNews.ts'
import { ReplaceRecovery } from '../replaceRecovery.tsx'
import { dayOf } from '../saveFile.ts'
import { TestReminder } from '../testReminder.tsx'
import { TestRecovery } from './testRecovery.tsx'

interface Props {
  readonly unlocked: boolean
  /** The key was used and has not been replaced since. */
  readonly due: boolean
  readonly recovery: Recovery
}

type Act = 'none' | 'testing' | 'replacing'

export function RecoveryKeyCard({ unlocked, due, recovery }: Props) {
  const act = useSignal<Act>(location.hash === '#test' ? 'testing' : 'none')
  const done = useSignal('')
  const replaced = useSignal(false)
  const said = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLHeadingElement>(null)
  if (!unlocked && act.value === 'replacing') act.value = 'none'
  useFollowHash(act)

  const begin = (next: Act) => {
    done.value = ''
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
  const news = recovery.news.value

  return (
    <section class="card" aria-labelledby="recovery">
      <h2 id="recovery" ref={head} tabIndex={-1}>
        Recovery key
      </h2>
      {due && !replaced.value ? (
        <Notice kind="warning">
          <p>Your recovery key was used. It still works; replace it now, in case someone saw it.</p>
        </Notice>
      ) : null}
      {unlocked && news?.testDue === true && act.value === 'none' ? (
        <TestReminder onTest={() => begin('testing')} onLater={() => void recovery.look()} />
      ) : null}
      <div role="status" ref={said} tabIndex={-1} class="said">
        {done.value === '' ? null : (
          <Notice kind="done">
            <p>{done.value}</p>
          </Notice>
        )}
      </div>
      {act.value === 'testing' && unlocked ? (
        <TestRecovery
          onRight={() => end('Your copy is right: this key opens your vault. Put it back where it was.')}
          onCancel={() => begin('none')}
        />
      ) : null}
      {act.value === 'replacing' ? (
        <ReplaceRecovery
          onDone={() => {
            replaced.value = true
            end('Replaced. The old recovery key no longer opens anything: destroy it.')
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
            <Button disabled={!unlocked} onClick={() => begin('testing')}>
              Test recovery key
            </Button>
            <Button disabled={!unlocked} onClick={() => begin('replacing')}>
              Replace recovery key
            </Button>
            <output>{unlocked ? null : 'Unlock the vault to test or to replace it.'}</output>
          </p>
        </>
      )}
    </section>
  )
}

function testedSentence(unlocked: boolean, testedAt: string | null): string {
  if (!unlocked) return ''
  return testedAt === null ? 'It was never tested.' : `Last tested on ${dayOf(new Date(testedAt))}.`
}

/** The popup's reminder leads here, also when the options are open already. */
function useFollowHash(act: Signal<Act>): void {
  useEffect(() => {
    const follow = () => {
      if (location.hash === '#test') act.value = 'testing'
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [act])
}
