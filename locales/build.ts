// Gives every build its `_locales`: the English catalogue and the languages beside it, each refused when it is not whole.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Wxt } from 'wxt'
import { en } from './en.ts'
import { type Catalogue, faultsIn, type Messages, toMessages } from './messages.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** The messages of each language, by its name in `_locales`. Error for a language that is not whole. */
export function allMessages(source: Catalogue = en): Map<string, Messages> {
  const languages = new Map([['en', toMessages(source)]])
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    const catalogue: Catalogue = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    const faults = faultsIn(catalogue, source)
    if (faults.length > 0) throw new Error(`locales/${name}: ${faults.join('; ')}`)
    languages.set(name.replace(/\.json$/, '').replaceAll('-', '_'), toMessages(catalogue))
  }
  return languages
}

/** Hook of the build (wxt.config.ts). `source` takes the place of the English one where a test wants another. */
export function writeLocales(source: Catalogue = en) {
  return (_wxt: Wxt, files: { relativeDest: string; contents: string }[]): void => {
    for (const [language, messages] of allMessages(source))
      files.push({ relativeDest: `_locales/${language}/messages.json`, contents: JSON.stringify(messages) })
  }
}
