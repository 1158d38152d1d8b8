// A card of the options that runs one action at a time: its heading, the action, and a sentence once that is done. A link to the card,
// or to an action in it, works also when the options are open already.

import { type Signal, signal, useSignal } from '@preact/signals'
import { type ComponentChildren, createRef } from 'preact'
import { useEffect } from 'preact/hooks'
import { Notice } from '../../parts/notice.tsx'
import type { Recovery } from '../../recovery/recoveryStatus.ts'

type ActionLinks<Act extends string> = Readonly<Record<`#${string}`, Act | null>>

export class CardAction<Act extends string> {
  readonly act: Signal<Act | null> = signal(null)
  readonly done: Signal<string> = signal('')
  readonly head = createRef<HTMLHeadingElement>()
  readonly outcome = createRef<HTMLDivElement>()
  readonly #links: ActionLinks<Act>

  constructor(links: ActionLinks<Act>) {
    this.#links = links
  }

  /** Follows links, now and later, until the returned function is called. */
  follow(): () => void {
    const followLink = () => {
      const { hash } = location
      if (Object.hasOwn(this.#links, hash)) this.begin(this.#links[hash as `#${string}`] ?? null)
    }
    followLink()
    addEventListener('hashchange', followLink)
    return () => removeEventListener('hashchange', followLink)
  }

  /** Null ends the action without an outcome. */
  begin(next: Act | null): void {
    this.done.value = ''
    this.act.value = next
    // The pressed button disappears; what appears may take the focus in turn.
    this.head.current?.focus()
  }

  end(sentence: string, recovery: Recovery): void {
    this.act.value = null
    this.done.value = sentence
    void recovery.look()
    this.outcome.current?.focus()
  }
}

/** `links`: the fragments that lead to the card, and the action that each of them starts. */
export function useCardAction<Act extends string>(links: ActionLinks<Act>): CardAction<Act> {
  return useSignal(new CardAction(links)).value
}

interface Props<Act extends string> {
  readonly id: string
  readonly title: string
  readonly action: CardAction<Act>
  /** Notices above everything else. */
  readonly warning: ComponentChildren
  readonly children: ComponentChildren
}

export function ActionCard<Act extends string>({ id, title, action, warning, children }: Props<Act>) {
  useEffect(() => action.follow(), [action])
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id} ref={action.head} tabIndex={-1}>
        {title}
      </h2>
      {warning}
      <div role="status" ref={action.outcome} tabIndex={-1} class="said">
        {action.done.value === '' ? null : (
          <Notice kind="done">
            <p>{action.done.value}</p>
          </Notice>
        )}
      </div>
      {children}
    </section>
  )
}
