// A controlled textarea of Solid.

import { createSignal } from 'solid-js'
import h from 'solid-js/h'
import { render } from 'solid-js/web'
import { drawn, isMounted, place } from './mounted.ts'

const [text, setText] = createSignal('')
const [field, showAnew] = createSignal(draw())

function draw() {
  return h('textarea', {
    'prop:value': () => text(),
    onInput: (event: { currentTarget: HTMLTextAreaElement }) => setText(event.currentTarget.value),
  })
}

const label = h('label', null, 'Text ', () => field()) as unknown as () => Element
render(label as never, place())
isMounted({
  get field() {
    return drawn('textarea')
  },
  text,
  redraw: () => void showAnew(draw),
  load: setText,
})
