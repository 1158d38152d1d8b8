// Notices to the person: what went wrong, which is read out at once, and what is good to know.

import type { ComponentChildren } from 'preact'
import type { UserError } from '../app/task.ts'
import { Icon } from './logo.tsx'

/** Nothing while there is no error. A second error of the same words is a new element, so that it is read out again. */
export function ErrorNotice({ error, children }: { error: UserError | null; children?: ComponentChildren }) {
  if (error === null) return null
  return (
    <div class="notice notice-bad" key={error.id}>
      <Icon name="warning" />
      <div>
        <p role="alert" id={errorId(error)}>
          {error.words}
        </p>
        {children}
      </div>
    </div>
  )
}

/** The id of the element with the sentence, for the field that the error is about. */
export function errorId(error: UserError | null): string | undefined {
  return error === null ? undefined : `error-${error.id}`
}

type Kind = 'about' | 'done' | 'warning' | 'lock'

export function Notice({ kind = 'about', children }: { kind?: Kind; children: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`}>
      <Icon name={kind} />
      <div>{children}</div>
    </div>
  )
}
