// Putting a text into a field so that the page's own code notices and a person can undo it: each way in turn, looking at
// what came of it, and giving the field back what it held when the page will not have it.

import { copied } from './copying.ts'
import { maxChars, readField } from './field.ts'
import { waysInto } from './inserting.ts'
import type { Part } from './part.ts'
import { focusOn, Interruption, pressCommandKey } from './selecting.ts'
import { type Field, isControl, isReadOnly } from './which.ts'

/** What became of putting a text into a field. After anything but `placed` the field holds what it held before. */
export type Put = 'placed' | 'altered' | 'too-long' | 'gone' | 'interrupted'

/** How long an editor may take to carry out what it took. */
const carryOutMs = [0, 30, 90] as const
/** How long a page may take to refuse or alter what was put into its field, looked at in these steps. */
const settleMs = [0, 40, 200] as const

/** Puts `text` in the place of a part of a field. */
export async function putText(part: Part, text: string): Promise<Put> {
  const { field } = part
  if (!field.isConnected) return 'gone'
  const limit = maxChars(field)
  const whole = part.with(text)
  if (limit !== null && whole !== null && whole.length > limit) return 'too-long'
  if (isReadOnly(field)) return 'altered'
  const markup = isControl(field) ? null : [...field.childNodes].map((node) => node.cloneNode(true))
  if (!(await part.select())) return 'interrupted'
  const answers = copied(field) !== null
  for (const way of waysInto(field, answers && isControl(field) ? null : whole)) {
    const before = readField(field)
    const taken = way(field, text)
    const came = await comesAbout(part, text, { before, taken })
    if (!field.isConnected) return 'gone'
    if (came === 'untouched') continue
    if (came === 'done' && (await staysAs(part, text)) && (!answers || (await part.surely(text)))) {
      if (isControl(field)) field.dispatchEvent(new Event('change', { bubbles: true }))
      return 'placed'
    }
    if (!field.isConnected) return 'gone'
    await putBack(part, markup)
    // What an editor did badly in one way it may do well in another; what the page took and then changed, it refuses.
    // An editor that has done something of its own has a document of its own, which other ways would go behind.
    if (came === 'done' || taken || !part.holds(part.text)) return 'altered'
    if (!(await part.select())) return 'interrupted'
  }
  return 'altered'
}

const passed = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Whether a way has worked. What it left untouched can be tried in the next. */
async function comesAbout(
  part: Part,
  text: string,
  { before, taken }: { before: string; taken: boolean },
): Promise<'done' | 'untouched' | 'spoilt'> {
  const isUntouched = () => readField(part.field) === before
  if (part.holds(text)) return 'done'
  for (const ms of carryOutMs) {
    await passed(ms)
    if (part.holds(text)) return 'done'
    // What nobody has taken on is not going to happen; what somebody has may be drawn a little later.
    if (!taken && isUntouched()) return 'untouched'
  }
  return isUntouched() ? 'untouched' : 'spoilt'
}

/**
 * Whether a page leaves in its field what was put there. What the person does meanwhile is no refusal of the page's: they
 * may go on typing, or send the text off, whereupon the page empties the field or takes it away.
 */
async function staysAs(part: Part, text: string): Promise<boolean> {
  const interruption = new Interruption(() => undefined)
  try {
    for (const ms of settleMs) {
      await Promise.race([interruption.came, passed(ms)])
      if (interruption.happened) return true
      if (!part.field.isConnected || !part.holds(text)) return false
    }
    return true
  } finally {
    interruption.end()
  }
}

/** Gives a field back what it held. An editor's own undo comes first, since it knows more than the text. */
async function putBack(part: Part, markup: readonly Node[] | null): Promise<void> {
  const { field, text } = part
  const isBack = async () => {
    await passed(carryOutMs[1])
    return part.holds(text)
  }
  if (part.holds(text)) return
  await undo(field)
  if (await isBack()) return
  focusOn(field)
  const all = part.with(text)
  field.ownerDocument.execCommand('selectAll')
  for (const way of all === null ? [] : waysInto(field, isControl(field) ? all : null)) {
    way(field, all ?? '')
    if (await isBack()) return
  }
  if (markup === null || !field.isConnected) return
  field.replaceChildren(...markup)
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }))
}

/** Takes the last change back, as the person would. */
async function undo(field: Field): Promise<void> {
  if (!isControl(field) && pressCommandKey(field, 'z', 'editor')) return
  const { ownerDocument } = field
  ownerDocument.execCommand('undo')
}
