// A card of the options in which one thing at a time is done: its heading, what is being done in it, and what is said once that
// is over. A link to the card, or to something it does, leads there also when the options are open already.

import { type Signal, signal, useSignal } from '@preact/signals'
import { type ComponentChildren, createRef } from 'preact'
import { useEffect } from 'preact/hooks'
import { Notice } from '../parts/notice.tsx'
import type { Recovery } from '../recoveryNews.ts'

type Places<Act extends string> = Readonly<Record<`#${string}`, Act | null>>

export class Acts<Act extends string> {
  readonly act: Signal<Act | null> = signal(null)
  readonly done: Signal<string> = signal('')
  readonly head = createRef<HTMLHeadingElement>()
  readonly said = createRef<HTMLDivElement>()
  readonly #places: Places<Act>

  constructor(places: Places<Act>) {
    this.#places = places
  }

  /** Goes where a link leads, now and later, until the returned function is called. */
  follow(): () => void {
    const go = () => {
      const { hash } = location
      if (Object.hasOwn(this.#places, hash)) this.begin(this.#places[hash as `#${string}`] ?? null)
    }
    go()
    addEventListener('hashchange', go)
    return () => removeEventListener('hashchange', go)
  }

  /** Null: nothing is done any more, and nothing came of it. */
  begin(next: Act | null): void {
    this.done.value = ''
    this.act.value = next
    // The button that was pressed goes; what comes may take the focus further.
    this.head.current?.focus()
  }

  end(words: string, recovery: Recovery): void {
    this.act.value = null
    this.done.value = words
    void recovery.look()
    this.said.current?.focus()
  }
}

/** `places`: where in the page a link may lead, and what is begun there. */
export function useActs<Act extends string>(places: Places<Act>): Acts<Act> {
  return useSignal(new Acts(places)).value
}

interface Props<Act extends string> {
  readonly id: string
  readonly title: string
  readonly acts: Acts<Act>
  /** What is to be known before anything else. */
  readonly warning: ComponentChildren
  readonly children: ComponentChildren
}

export function ActCard<Act extends string>({ id, title, acts, warning, children }: Props<Act>) {
  useEffect(() => acts.follow(), [acts])
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id} ref={acts.head} tabIndex={-1}>
        {title}
      </h2>
      {warning}
      <div role="status" ref={acts.said} tabIndex={-1} class="said">
        {acts.done.value === '' ? null : (
          <Notice kind="done">
            <p>{acts.done.value}</p>
          </Notice>
        )}
      </div>
      {children}
    </section>
  )
}
