// A textarea of Svelte with `bind:value`.

import { mount } from 'svelte'
import Form from './Form.svelte'
import { held } from './held.svelte.js'
import { drawn, isMounted, place } from './mounted.ts'

mount(Form, { target: place(), props: { held } })
isMounted({
  get field() {
    return drawn('textarea')
  },
  text: () => held.text,
  redraw: () => void held.times++,
  load: (text) => {
    held.text = text
  },
})
