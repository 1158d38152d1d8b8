// The form that collects shares: one field, and the list of those added.

import { useId, useLayoutEffect } from 'preact/hooks'
import { words } from '../../words.ts'
import { shareSentence, verdictSentence } from '../app/errors.ts'
import { writtenShare } from '../app/groups.ts'
import type { Task } from '../app/task.ts'
import { quietInputProps } from '../parts/box.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import type { TypedShares } from './typedShares.ts'

interface Props {
  readonly shares: TypedShares
  readonly adding: Task
}

export function TypedSharesForm({ shares, adding }: Props) {
  const id = useId()
  const found = shares.found.value
  const verdict = shares.verdict.value
  const added = shares.added.value
  // Once there are enough, the form asks for no more.
  const open = verdict.kind === 'open'
  const incomplete = found.kind === 'length'
  const wrong = incomplete
    ? shares.insists.value || found.letters > writtenShare.letters
    : found.kind !== 'good' && found.kind !== 'fine'
  useLayoutEffect(() => {
    if (!open) shares.box.current?.focus()
  }, [open, shares])
  useLayoutEffect(() => () => shares.wipe(), [shares])
  const add = (event: Event) => {
    event.preventDefault()
    void adding.run('recover-by-shares', async () => void (await shares.add()))
  }
  const remove = (index: number) =>
    void adding.run('recover-by-shares', async () => {
      await shares.remove(index)
      // The button that was pressed is gone.
      shares.box.current?.focus()
    })

  return (
    <form class="shares" onSubmit={add} noValidate>
      {added.length === 0 ? null : (
        <ul class="typed-shares">
          {added.map(({ index }) => {
            const forged = verdict.wrong.includes(index)
            return (
              <li key={index}>
                <span>
                  {forged
                    ? say('recovery.shares.wrongShare', {
                        index,
                        wrong: (text) => <strong class="error">{text}</strong>,
                      })
                    : words('recovery.shares.share', { index })}
                </span>
                <Button
                  kind="quiet"
                  label={words('recovery.shares.removeShare', { index })}
                  onClick={() => remove(index)}
                >
                  {words('recovery.shares.remove')}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <output class={verdict.kind === 'closed' ? 'error count' : open ? 'good count' : 'count'}>
        {verdictSentence(verdict, added.length)}
      </output>
      {open ? null : (
        <div class="field">
          <label for={id}>{added.length === 0 ? words('recovery.shares.first') : words('recovery.shares.next')}</label>
          <textarea
            id={id}
            ref={shares.box}
            class="letters"
            rows={3}
            autocomplete="off"
            autocapitalize="characters"
            {...quietInputProps}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby={`${id}-found`}
            onInput={() => void shares.typed()}
          />
          <output id={`${id}-found`} class={wrong ? 'error' : found.kind === 'good' ? 'good' : 'hint'}>
            {shareSentence(found)} {incomplete && found.letters === 0 ? words('recovery.spelling') : null}
          </output>
        </div>
      )}
      <ErrorNotice error={adding.error.value} />
      {open ? null : (
        <div class="actions">
          <Button kind="main" submits busy={adding.busy.value}>
            {words('recovery.shares.add')}
          </Button>
        </div>
      )}
    </form>
  )
}
