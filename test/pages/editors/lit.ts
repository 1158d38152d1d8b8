// A controlled textarea of Lit, three open shadow roots deep.

import { html, LitElement } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { live } from 'lit/directives/live.js'
import { isMounted, place } from './mounted.ts'

let text = ''
let times = 0

class FormField extends LitElement {
  override render() {
    const typed = (event: { currentTarget: HTMLTextAreaElement }) => {
      text = event.currentTarget.value
      this.requestUpdate()
    }
    return keyed(times, html`<label>Text <textarea .value=${live(text)} @input=${typed}></textarea></label>`)
  }
}
class FormRow extends LitElement {
  override render() {
    return html`<form-field></form-field>`
  }
}
class FormPage extends LitElement {
  override render() {
    return html`<form-row></form-row>`
  }
}
customElements.define('form-field', FormField)
customElements.define('form-row', FormRow)
customElements.define('form-page', FormPage)

const page = document.createElement('form-page')
place().append(page)
const field = () => page.shadowRoot?.firstElementChild?.shadowRoot?.firstElementChild as FormField
isMounted({
  get field() {
    return field().shadowRoot?.querySelector('textarea') as Element
  },
  text: () => text,
  redraw: () => {
    times++
    field().requestUpdate()
  },
  load: (value) => {
    text = value
    field().requestUpdate()
  },
})
