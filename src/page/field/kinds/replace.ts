// Puts a text into a field so that the page's own code notices and a person can undo it. Tries each way in turn, checks the result, and
// restores the field if the page refuses.

import { isReadOnly } from '../../script/fieldOf.ts'
import type { PlaceResult } from '../../script/scriptApis.ts'
import { readByCopying } from './copy.ts'
import { maxChars, readField } from './field.ts'
import type { EditTarget } from './kind.ts'
import { kindOf } from './kindOf.ts'
import { focusOn, Interruption } from './selection.ts'

/** What became of putting a text into a field. After anything but `placed` the field holds what it held before. */
export type ReplaceResult = PlaceResult | 'interrupted'

/** How long an editor may take to carry out what it took. */
const carryOutMs = [0, 30, 90] as const
/** How long a page may take to refuse or alter what was put into its field, looked at in these steps. */
const settleMs = [0, 40, 200] as const

/** Puts `text` in the place of a part of a field. */
export async function replaceText(target: EditTarget, text: string): Promise<ReplaceResult> {
  const { field } = target
  if (!field.isConnected) return 'gone'
  const limit = maxChars(field)
  const whole = target.with(text)
  if (limit !== null && whole !== null && whole.length > limit) return 'too-long'
  if (isReadOnly(field)) return 'altered'
  const restore = kindOf(field).keep(field)
  if (!(await target.select())) return 'interrupted'
  // Selected, an editor may answer that did not before.
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
    // What an editor did badly in one way it may do well in another; what the page took and then changed, it refuses.
    // An editor that has done something of its own has a document of its own, which other ways would go behind.
    if (result === 'done' || taken || !target.holds(target.text)) return 'altered'
    if (!(await target.select())) return 'interrupted'
  }
  return 'altered'
}

const passed = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Whether a way has worked. What it left untouched can be tried in the next. */
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
    // What nobody has taken on is not going to happen; what somebody has may be drawn a little later.
    if (!taken && isUntouched()) return 'untouched'
  }
  return isUntouched() ? 'untouched' : 'spoilt'
}

/**
 * Whether a page leaves in its field what was put there. What the person does meanwhile is no refusal of the page's: they
 * may go on typing, or send the text off, whereupon the page empties the field or takes it away.
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

/** Gives a field back what it held. An editor's own undo comes first, since it knows more than the text. */
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
