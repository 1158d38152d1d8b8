// Puts a text into a field so that the page's own code notices and a person can undo it. Tries each insertion method in turn, checks the
// result, and restores the field if the page refuses.

import { isReadOnly } from '../../script/fieldOf.ts'
import type { PlaceResult } from '../../script/scriptApis.ts'
import { readByCopying } from './copy.ts'
import { maxChars, readField } from './field.ts'
import type { EditTarget } from './kind.ts'
import { kindOf } from './kindOf.ts'
import { focusOn, Interruption } from './selection.ts'

/** Result of an attempt. After anything but `placed`, the field holds what it held before. `interrupted`: by the person. */
export type ReplaceResult = PlaceResult | 'interrupted'

/** When to look whether an editor has carried out an input that it accepted. */
const carryOutMs = [0, 30, 90] as const
/** When to look whether the page has refused or altered the new text in its field. */
const settleMs = [0, 40, 200] as const

/** Replaces the target with `text`. */
export async function replaceText(target: EditTarget, text: string): Promise<ReplaceResult> {
  const { field } = target
  if (!field.isConnected) return 'gone'
  const limit = maxChars(field)
  const whole = target.with(text)
  if (limit !== null && whole !== null && whole.length > limit) return 'too-long'
  if (isReadOnly(field)) return 'altered'
  const restore = kindOf(field).keep(field)
  if (!(await target.select())) return 'interrupted'
  // An editor may answer only once something is selected.
  const answers = readByCopying(field) !== null
  const kind = kindOf(field, answers)
  for (const insert of kind.replace(whole)) {
    const before = readField(field)
    const taken = insert(field, text)
    const result = await awaitResult(target, text, { before, taken })
    if (!field.isConnected) return 'gone'
    if (result === 'untouched') continue
    if (result === 'done' && (await staysAs(target, text)) && (!answers || (await target.surely(text)))) {
      kind.commit(field)
      return 'placed'
    }
    if (!field.isConnected) return 'gone'
    await giveBack(target, restore)
    // An editor that handled one method badly may handle another well. But a page that accepted the text and then changed it refuses
    // it, and an editor that accepted the input keeps its own document, which other methods would bypass.
    if (result === 'done' || taken || !target.holds(target.text)) return 'altered'
    if (!(await target.select())) return 'interrupted'
  }
  return 'altered'
}

const passed = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Whether an insertion method worked. If the field is `untouched`, the next method can be tried. */
async function awaitResult(
  target: EditTarget,
  text: string,
  { before, taken }: { before: string; taken: boolean },
): Promise<'done' | 'untouched' | 'spoilt'> {
  const isUntouched = () => readField(target.field) === before
  if (target.holds(text)) return 'done'
  for (const ms of carryOutMs) {
    await passed(ms)
    if (target.holds(text)) return 'done'
    // If no editor accepted the input, nothing more will happen; an editor that did may draw it a little later.
    if (!taken && isUntouched()) return 'untouched'
  }
  return isUntouched() ? 'untouched' : 'spoilt'
}

/**
 * Whether the page keeps the new text in its field. An act of the person ends the check without a refusal: they may continue to type, or
 * send the text, upon which the page empties or removes the field.
 */
async function staysAs(target: EditTarget, text: string): Promise<boolean> {
  const interruption = new Interruption(() => undefined)
  try {
    for (const ms of settleMs) {
      await Promise.race([interruption.came, passed(ms)])
      if (interruption.happened) return true
      if (!target.field.isConnected || !target.holds(text)) return false
    }
    return true
  } finally {
    interruption.end()
  }
}

/** Restores what the field held. An editor's own undo comes first, since it knows more than the text. */
async function giveBack({ field, text, ...target }: EditTarget, restore: (() => void) | null): Promise<void> {
  const isBack = async () => {
    await passed(carryOutMs[1])
    return target.holds(text)
  }
  if (target.holds(text)) return
  const kind = kindOf(field)
  kind.undo(field)
  if (await isBack()) return
  focusOn(field)
  const all = target.with(text)
  field.ownerDocument.execCommand('selectAll')
  for (const insert of all === null ? [] : kind.replace(all)) {
    insert(field, all ?? '')
    if (await isBack()) return
  }
  if (field.isConnected) restore?.()
}
