// Clearing the clipboard a minute after Copy: the requests of our windows, those of the document that reads the clipboard in
// Chromium, and how a window learns the outcome. The permissions are optional; holding them is the only switch.

import * as v from 'valibot'
import { browser } from 'wxt/browser'
import { type ClipboardOutcome, clipboardOutcomes, digestBytes, saltBytes } from '../../clipboard.ts'
import type { Table } from '../entry.ts'
import { byteArray, empty, token } from '../shapes.ts'

/** The key in `storage.session`. */
export const copiedKey = 'copied'

const fingerprint = v.strictObject({ salt: byteArray(saltBytes), digest: byteArray(digestBytes) })
const outcome = v.picklist(clipboardOutcomes)

/** The last copy made while the switch was on. After the check, only the outcome is left. */
export const copied = v.variant('state', [
  v.strictObject({
    state: v.literal('waiting'),
    id: token,
    fingerprint,
    attemptsLeft: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  v.strictObject({ state: v.literal('done'), id: token, outcome }),
])

export const clipboardEntries = {
  /** A window has just copied a text with this fingerprint. `watched` is false while the switch is off. */
  watchClipboard: {
    roles: ['onboarding', 'options', 'composer', 'library'],
    request: v.strictObject({ id: token, fingerprint }),
    response: v.strictObject({ watched: v.boolean() }),
    idempotent: true,
    activity: false,
  },
  /** Returns the copy to clear; null if there is none left. */
  getExpectedClipboard: {
    roles: ['clipboard'],
    request: empty,
    response: v.strictObject({ expected: v.nullable(v.strictObject({ id: token, fingerprint })) }),
    idempotent: true,
    activity: false,
  },
  reportClipboard: {
    roles: ['clipboard'],
    request: v.strictObject({ id: token, outcome }),
    response: empty,
    idempotent: true,
    activity: false,
  },
} as const satisfies Table

/** The permissions for it that this browser's manifest lists. Firefox has no `offscreen` and needs none. */
export function clipboardPermissions(): readonly string[] {
  const listed = browser.runtime.getManifest().optional_permissions as readonly string[] | undefined
  return ['clipboardRead', 'clipboardWrite', 'offscreen'].filter((name) => listed?.includes(name))
}

/** Whether Fieldseal may read and clear the clipboard now. */
export function mayReadClipboard(): Promise<boolean> {
  return browser.permissions.contains({ permissions: [...clipboardPermissions()] as never[] })
}

/** Calls `listener` with the outcome for the copy `id`, in this window. Returns the function that stops it. */
export function onClipboardChecked(id: string, listener: (outcome: ClipboardOutcome) => void): () => void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>) => {
    const parsed = v.safeParse(copied, changes[copiedKey]?.newValue)
    if (parsed.success && parsed.output.state === 'done' && parsed.output.id === id) listener(parsed.output.outcome)
  }
  browser.storage.session.onChanged.addListener(onChanged)
  return () => browser.storage.session.onChanged.removeListener(onChanged)
}
