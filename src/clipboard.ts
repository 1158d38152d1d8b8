// Clears the clipboard only while it holds what Fieldseal put there. That is told by a salted hash, so that the text itself
// is kept nowhere for it. Whoever reads the hash can still check a guess of a short text.

import { concat, equalBytes, randomBytes, utf8 } from './bytes.ts'

export const saltBytes = 16
export const digestBytes = 32

/** SHA-256 over salt and text, as numbers: it crosses contexts and lies in the session's storage. */
export interface Fingerprint {
  readonly salt: readonly number[]
  readonly digest: readonly number[]
}

/** A clipboard, however this context reaches it. Both reject, or throw, where the browser or the system refuses. */
export interface Clipboard {
  read(): string | Promise<string>
  clear(): void | Promise<void>
}

/** `gone`: something else is on the clipboard, or nothing; it was left as it is. */
export const clipboardOutcomes = ['cleared', 'gone', 'failed'] as const
export type ClipboardOutcome = (typeof clipboardOutcomes)[number]

export async function fingerprint(text: string): Promise<Fingerprint> {
  const salt = randomBytes(saltBytes)
  return { salt: [...salt], digest: [...(await digest(salt, text))] }
}

export async function matches(text: string, { salt, digest: expected }: Fingerprint): Promise<boolean> {
  return equalBytes(await digest(Uint8Array.from(salt), text), Uint8Array.from(expected))
}

/** Between reading and clearing another program may put something there; no clipboard offers both as one step. */
export async function clearIfOurs(clipboard: Clipboard, ours: Fingerprint): Promise<ClipboardOutcome> {
  try {
    if (!(await matches(await clipboard.read(), ours))) return 'gone'
    await clipboard.clear()
    return 'cleared'
  } catch {
    return 'failed'
  }
}

/** Systems keep line ends in their own way, and some end a text at a NUL. */
async function digest(salt: Uint8Array, text: string): Promise<Uint8Array> {
  const [upToNul = ''] = text.replaceAll(/\r\n?/g, '\n').split('\0', 1)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(salt, utf8(upToNul))))
}
