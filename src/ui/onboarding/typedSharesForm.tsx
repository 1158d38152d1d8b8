// The form in which shares are collected: one field, and the list of those that are there.

import { useId, useLayoutEffect } from 'preact/hooks'
import type { Deed } from '../deed.ts'
import { writtenShare } from '../groups.ts'
import { quietBox } from '../parts/box.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { shareSentence, verdictSentence } from '../sentences.ts'
import type { TypedShares } from './typedShares.ts'

interface Props {
  readonly shares: TypedShares
  readonly adding: Deed
}

export function TypedSharesForm({ shares, adding }: Props) {
  const id = useId()
  const found = shares.found.value
  const verdict = shares.verdict.value
  const there = shares.there.value
  // More are not asked for once there are enough.
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
      {there.length === 0 ? null : (
        <ul class="typed-shares">
          {there.map(({ index }) => {
            const forged = verdict.wrong.includes(index)
            return (
              <li key={index}>
                <span>
                  Share {index}
                  {forged ? <strong class="error"> is wrong: altered or forged</strong> : null}
                </span>
                <Button kind="quiet" label={`Remove share ${index}`} onClick={() => remove(index)}>
                  Remove
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <output class={verdict.kind === 'closed' ? 'error count' : open ? 'good count' : 'count'}>
        {verdictSentence(verdict, there.length)}
      </output>
      {open ? null : (
        <div class="field">
          <label for={id}>{there.length === 0 ? 'First share' : 'Next share'}</label>
          <textarea
            id={id}
            ref={shares.box}
            class="letters"
            rows={3}
            autocomplete="off"
            autocapitalize="characters"
            {...quietBox}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby={`${id}-found`}
            onInput={() => void shares.typed()}
          />
          <output id={`${id}-found`} class={wrong ? 'error' : found.kind === 'good' ? 'good' : 'hint'}>
            {shareSentence(found)}
            {incomplete && found.letters === 0 ? ' Capitals, spaces and dashes don’t matter.' : null}
          </output>
        </div>
      )}
      <TroubleNotice trouble={adding.trouble.value} />
      {open ? null : (
        <div class="actions">
          <Button kind="main" submits busy={adding.busy.value}>
            Add this share
          </Button>
        </div>
      )}
    </form>
  )
}
