// Runs in a page: the same little page by React and by Vue, whose state a test sets. Each makes text nodes of its own, holds
// on to them, and writes, moves and removes them later.

import { createElement, Fragment, type ReactNode, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { createApp, h, nextTick, reactive } from 'vue'

export interface State {
  /** Stands between other words, in one string. */
  readonly among: string
  /** Stands alone. */
  readonly alone: string
  /** Stands as a text of its own after another, at the very beginning of its element. */
  readonly parts: readonly string[]
  /** An element after the texts, which comes and goes. */
  readonly more: boolean
  readonly rows: readonly string[]
}
export interface App {
  set(state: State): Promise<void>
  end(): void
}
export interface Apps {
  react(place: Element, state: State): App
  vue(place: Element, state: State): App
}

/** What either framework makes of the state; `make` is its own way to make an element. */
/** What both frameworks take for a child is looked at by neither here. */
type Make = (tag: string, attributes: object, children: readonly unknown[]) => unknown
function draw(make: Make, { among, alone, parts, more, rows }: State, fragment: (children: unknown[]) => unknown) {
  return make('div', {}, [
    make('p', { key: 'among', class: 'among' }, [`one ${among} two`, more ? make('b', { key: 'b' }, ['more']) : null]),
    make('p', { key: 'alone', class: 'alone' }, [alone]),
    make('p', { key: 'parts', class: 'parts' }, [
      fragment([...parts]),
      more ? make('i', { key: 'i' }, ['and more']) : null,
      ' end',
    ]),
    make(
      'ul',
      { key: 'rows' },
      rows.map((row) => make('li', { key: row.slice(-8) }, [`${row} row`])),
    ),
  ])
}

const apps: Apps = {
  react(place, first) {
    let change: (state: State) => void = () => undefined
    const make: Make = (tag, { class: className, ...rest }: { class?: string }, children) =>
      createElement(tag, { className, ...rest }, ...(children as readonly ReactNode[]))
    const Page = () => {
      const [state, setState] = useState(first)
      change = setState
      return draw(make, state, (children) =>
        createElement(Fragment, { key: 'f' }, ...(children as ReactNode[])),
      ) as ReactNode
    }
    const root = createRoot(place)
    flushSync(() => root.render(createElement(Page)))
    return {
      set: async (state) => flushSync(() => change(state)),
      end: () => root.unmount(),
    }
  },
  vue(place, first) {
    const held = reactive<{ state: State }>({ state: first })
    const make: Make = (tag, attributes, children) => h(tag, attributes, [...children] as never)
    const app = createApp({
      render: () => draw(make, held.state, (children) => children),
    })
    app.mount(place)
    return {
      async set(state) {
        held.state = state
        await nextTick()
      },
      end: () => app.unmount(),
    }
  },
}

Object.assign(globalThis, { apps })
