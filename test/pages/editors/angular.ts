// A textarea of Angular with `[(ngModel)]`, compiled in the browser.

import '@angular/compiler'
import { Component, provideZonelessChangeDetection, signal } from '@angular/core'
import { FormsModule } from '@angular/forms'
import { bootstrapApplication } from '@angular/platform-browser'
import { drawn, isMounted, place } from './mounted.ts'

const text = signal('')
const times = signal([0])

class Form {
  readonly text = text
  readonly times = times
}
Component({
  selector: 'app-form',
  imports: [FormsModule],
  template: `@for (time of times(); track time) {
    <label>Text <textarea [(ngModel)]="text"></textarea></label>
  }`,
})(Form)

place().append(document.createElement('app-form'))
await bootstrapApplication(Form, { providers: [provideZonelessChangeDetection()] })
isMounted({
  get field() {
    return drawn('textarea')
  },
  text,
  redraw: () => times.update(([time = 0]) => [time + 1]),
  load: (value) => text.set(value),
})
