import { expect, test } from 'vitest'
import { isButtonless, type Traits } from '../../../../src/page/field/button/buttonless.ts'

const plain: Traits = {
  type: 'text',
  role: '',
  autocomplete: '',
  inputMode: '',
  names: [],
  maxLength: -1,
  inSearch: false,
  isInput: true,
}

test.each<[string, Partial<Traits>]>([
  ['a password', { type: 'password' }],
  ['a password shown as text', { autocomplete: 'current-password' }],
  ['a password by its name', { names: ['newPassword', ''] }],
  ['a search', { type: 'search' }],
  ['a search by its role', { role: 'searchbox' }],
  ['a text input in a search form', { inSearch: true }],
  ['a search by its name', { names: ['q', ''] }],
  ['a card number', { autocomplete: 'section-a billing cc-number' }],
  ['a card number by its name', { names: ['payment[cardNumber]', ''] }],
  ['a card’s check digits', { names: ['', 'card-cvc'] }],
  ['a one-time code', { autocomplete: 'one-time-code' }],
  ['a code of few digits', { inputMode: 'numeric', maxLength: 6 }],
  ['one box of a code', { type: 'tel', maxLength: 1 }],
])('%s has no button', (_what, traits) => {
  expect(isButtonless({ ...plain, ...traits })).toBe(true)
})

test.each<[string, Partial<Traits>]>([
  ['a text', {}],
  ['a title', { names: ['title', 'post-title'] }],
  ['a research question', { names: ['researchQuestion', ''] }],
  ['a pinned note', { names: ['pinned_note', ''] }],
  ['a telephone number', { type: 'tel', maxLength: 20 }],
  ['a textarea with a searching name', { type: '', names: ['query', ''], isInput: false }],
  ['an email address', { type: 'email', autocomplete: 'email' }],
])('%s has one', (_what, traits) => {
  expect(isButtonless({ ...plain, ...traits })).toBe(false)
})
