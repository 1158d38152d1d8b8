// A controlled input and textarea of React: what stands in them is what the state says.

import { createElement as h, useReducer, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { drawn, isMounted, place } from './mounted.ts'

function Form() {
  const [text, setText] = useState('')
  const [times, redraw] = useReducer((count: number) => count + 1, 0)
  isMounted({
    get field() {
      return drawn('textarea')
    },
    text: () => text,
    redraw,
    load: setText,
  })
  return h(
    'label',
    null,
    'Text ',
    h('textarea', {
      key: times,
      value: text,
      onChange: (event: { target: HTMLTextAreaElement }) => setText(event.target.value),
    }),
  )
}

createRoot(place()).render(h(Form))
