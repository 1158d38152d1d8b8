// A textarea of Vue with `v-model`.

import { createApp, h, ref, vModelText, withDirectives } from 'vue'
import { drawn, isMounted, place } from './mounted.ts'

const text = ref('')
const times = ref(0)
const set = (value: string) => {
  text.value = value
}

createApp({
  render: () =>
    h('label', null, [
      'Text ',
      withDirectives(h('textarea', { key: times.value, 'onUpdate:modelValue': set }), [[vModelText, text.value]]),
    ]),
}).mount(place())
isMounted({
  get field() {
    return drawn('textarea')
  },
  text: () => text.value,
  redraw: () => void times.value++,
  load: set,
})
