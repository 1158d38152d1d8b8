// Recognises an always-sealed field after its page has changed a little: by its kind, names and words, the target of its form, and its
// position. Of several fields that look alike, only the one in the same position matches.

import type { AlwaysSealedField, Description } from '../../messages/contentScript.ts'
import { type Field, fieldOf } from '../script/fieldOf.ts'
import { labelOf } from './kinds/field.ts'

/** Weight of each trait when two descriptions are compared. */
const weights = { id: 4, name: 4, label: 3, placeholder: 2, autocomplete: 2, form: 2, path: 2 } as const
const traits = Object.keys(weights) as (keyof typeof weights)[]
/** Least share of a mark's weighted traits in which a field must agree with it. */
const leastAgreed = 0.5
const traitChars = 120

export function describe(field: Field): Description {
  const bare = traitsOf(field)
  const alike = fieldsAround(field).filter((other) => JSON.stringify(traitsOf(other)) === JSON.stringify(bare))
  return { ...bare, index: Math.max(0, alike.indexOf(field)) }
}

/** The mark that matches this field better than any other field here; else the mark for every field, or null. */
export function alwaysSealedFor(field: Field, marks: readonly AlwaysSealedField[]): AlwaysSealedField | null {
  const own = traitsOf(field)
  const likely = marks.flatMap(({ id, field: wanted }) =>
    wanted !== null && agreement(wanted, own) >= leastAgreed ? [{ id, field: wanted }] : [],
  )
  const forEvery = marks.find(({ field: wanted }) => wanted === null) ?? null
  if (likely.length === 0) return forEvery
  const around = fieldsAround(field).map((other) => ({ other, traits: traitsOf(other) }))
  const matching = likely.filter(({ field: wanted }) => {
    const scores = around.map(({ other, traits }) => ({ other, score: agreement(wanted, traits) }))
    const best = Math.max(...scores.map(({ score }) => score))
    const ties = scores.filter(({ score }) => score === best)
    return (ties[wanted.index] ?? ties.at(-1))?.other === field
  })
  const [best] = matching.toSorted((a, b) => agreement(b.field, own) - agreement(a.field, own))
  return best ?? forEvery
}

/** 1 if all traits of the mark agree, less than 0 at worst. A trait with another value in the field counts against it. */
function agreement(wanted: Description, own: Omit<Description, 'index'>): number {
  if (wanted.kind !== own.kind) return -1
  let known = 0
  let agreed = 0
  for (const trait of traits) {
    if (wanted[trait] === '') continue
    known += weights[trait]
    if (own[trait] === wanted[trait]) agreed += weights[trait]
    else if (own[trait] !== '') agreed -= weights[trait] / 4
  }
  return known === 0 ? 0 : agreed / known
}

/** Fields of the same document. For a field in a shadow root, those of all open shadow roots too, since components repeat. */
function fieldsAround(field: Field): Field[] {
  const root = field.getRootNode() as Document | ShadowRoot
  return root instanceof ShadowRoot ? fieldsIn(document, '*') : fieldsIn(root, 'input,textarea,[contenteditable]')
}

function fieldsIn(root: Document | ShadowRoot, selector: string): Field[] {
  return [...root.querySelectorAll(selector)].flatMap((element) => [
    ...(fieldOf(element) === element ? [element as Field] : []),
    ...(selector === '*' && element.shadowRoot ? fieldsIn(element.shadowRoot, selector) : []),
  ])
}

function traitsOf(field: Field): Omit<Description, 'index'> {
  const attribute = (name: string) => field.getAttribute(name) ?? ''
  const isInput = field instanceof HTMLInputElement
  const action = field.closest('form')?.getAttribute('action')
  return {
    kind: isInput ? 'input' : field instanceof HTMLTextAreaElement ? 'textarea' : 'editable',
    id: steady(attribute('id')),
    name: steady(attribute('name')),
    autocomplete: attribute('autocomplete')
      .replace(/^(on|off)$/, '')
      .slice(0, traitChars),
    // A label may contain the field itself, with its text.
    label: words(labelOf(field).replace(field.textContent ?? '', '')),
    placeholder: words(attribute('placeholder') || attribute('data-placeholder')),
    form: action ? pathOf(action) : '',
    path: pathOf(location.href),
  }
}

/** The name, or an empty string if it looks generated for this page load. */
function steady(name: string): string {
  return /\d{3}|[\da-f]{8}|^:|\d[a-z]+\d|[A-Z]\d|[a-z][A-Z]{2,}[a-z\d]/.test(name) ? '' : name.slice(0, traitChars)
}

/** Only letters, so that "Comments (3)" equals "Comments (4)". */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .slice(0, traitChars)
}

function pathOf(address: string): string {
  if (!URL.canParse(address, document.baseURI)) return ''
  const { pathname } = new URL(address, document.baseURI)
  const parts = pathname.split('/').map((part) => (part === '' || steady(part) !== '' ? part : '*'))
  return parts
    .map((part) => (/^\d+$/.test(part) ? '*' : part))
    .join('/')
    .slice(0, traitChars)
}
