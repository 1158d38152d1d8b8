// A controlled textarea of Preact.

import { h, render } from 'preact'
import { useReducer, useState } from 'preact/hooks'
import { drawn, isMounted, place } from './mounted.ts'

function Form() {
  const [text, setText] = useState('')
  const [times, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  isMounted({
    get field() {
      return drawn('textarea')
    },
    text: () => text,
    redraw: () => redraw(undefined),
    load: setText,
  })
  return h(
    'label',
    null,
    'Text ',
    h('textarea', {
      key: times,
      value: text,
      onInput: (event: Event) => setText((event.target as HTMLTextAreaElement).value),
    }),
  )
}

render(h(Form, null), place())
