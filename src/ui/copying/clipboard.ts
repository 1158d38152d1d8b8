// Copies from our windows. After a secret, a notice stays for as long as the clipboard may hold it (copiedBar.tsx); where the
// person turned that on in the options, the background clears it after a minute.

import { type Signal, signal } from '@preact/signals'
import { randomToken } from '../../bytes.ts'
import { type ClipboardOutcome, clearIfOurs, type Fingerprint, fingerprint } from '../../clipboard.ts'
import { call } from '../../messages/call.ts'
import { mayReadClipboard, onClipboardChecked } from '../../messages/tabs/clipboard.ts'

/** `secret`: plaintext, a recovery key, a share. `sealed`: what is no use without a key. */
export type Content = 'secret' | 'sealed'

interface Copied {
  readonly expected: Fingerprint
  /** `watched`: the background will clear it after a minute. */
  readonly state: 'there' | 'watched' | ClipboardOutcome
}

/** The last secret that was copied in this window; null once something else was. */
export const copied: Signal<Copied | null> = signal(null)
let stopListening = () => {}

/** Rejects where the browser refuses. */
export async function copy(text: string, content: Content): Promise<void> {
  await navigator.clipboard.writeText(text)
  forgetCopied()
  if (content === 'sealed') return
  const expected = await fingerprint(text)
  copied.value = { expected, state: 'there' }
  const id = randomToken()
  stopListening = onClipboardChecked(id, (outcome) => setState(expected, outcome))
  const { watched } = await call('watchClipboard', {
    id,
    fingerprint: { salt: [...expected.salt], digest: [...expected.digest] },
  }).catch(() => ({ watched: false }))
  if (watched && copied.peek()?.state === 'there') setState(expected, 'watched')
}

/** Must run in the person's click. Where Fieldseal may not read the clipboard, this clears whatever it holds. */
export async function clearCopied(): Promise<void> {
  const expected = copied.peek()?.expected
  if (expected === undefined) return
  const clear = () => navigator.clipboard.writeText('')
  if (await mayReadClipboard()) {
    setState(expected, await clearIfOurs({ read: () => navigator.clipboard.readText(), clear }, expected))
  } else {
    setState(
      expected,
      await clear().then(
        () => 'cleared' as const,
        () => 'failed' as const,
      ),
    )
  }
}

export function forgetCopied(): void {
  stopListening()
  copied.value = null
}

function setState(expected: Fingerprint, state: Copied['state']): void {
  if (copied.peek()?.expected === expected) copied.value = { expected, state }
}
