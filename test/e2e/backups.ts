// A backup's text, asked for part by part as the options do.

import type { Page } from 'puppeteer-core'
import { answered, ask } from './asking.ts'

interface Part {
  readonly text: string
  readonly chain: string
  readonly documents: number
  /** Where the next part begins; null at the end. */
  readonly after: unknown
}

/** `options` is the options' page. The vault is unlocked. */
export async function backUp(options: Page): Promise<string> {
  const begun = (await answered(ask(options, 'beginBackup', {}))) as Pick<Part, 'text' | 'chain'>
  const texts = [begun.text]
  let [chain, documents, after]: [string, number, unknown] = [begun.chain, 0, null]
  do {
    const part = (await answered(ask(options, 'backupPart', { chain, after, only: null }))) as Part
    texts.push(part.text)
    chain = part.chain
    documents += part.documents
    after = part.after
  } while (after !== null)
  const ended = (await answered(ask(options, 'endBackup', { chain, documents, partial: false }))) as { text: string }
  return [...texts, ended.text].join('')
}
