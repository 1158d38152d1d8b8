// `fieldseal open`: finds sealed texts in what it is given and prints what they say.

import { TextKeys } from '../crypto/textKeys.ts'
import { openingKeys } from '../keyring/circles.ts'
import { CliExit, type Exit, exits, usageError } from './exits.ts'
import { kinds } from './formats/decoding.ts'
import { escapeHtml, inertPage } from './formats/inert.ts'
import { replaceIn } from './formats/runs.ts'
import { type Source, sourcesOf } from './inputs.ts'
import { originOf, parseOptions } from './options.ts'
import { counted, print, printJson, printText, say } from './printing.ts'
import { secretOptions, withSecrets, withVault } from './secrets.ts'
import { type Opened, openTexts, type Unopened } from './texts.ts'
import { readVaultFile } from './vaultFile.ts'
import { keyWords, outcomeWords } from './words.ts'

const separator = '---\n'
const shownLetters = 19 // the marker and as much as tells one text from another

const options = {
  ...secretOptions,
  backup: { type: 'string', short: 'b' },
  as: { type: 'string' },
  json: { type: 'boolean' },
  origin: { type: 'string' },
  replace: { type: 'boolean', short: 'r' },
} as const

export async function open(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parseOptions(args, options)
  const kind = kinds.find((each) => each === values.as) ?? null
  if (values.as !== undefined && kind === null) throw usageError(`--as takes ${kinds.join(', ')}; not “${values.as}”`)
  if (values.json && values.replace) throw usageError('--json and --replace do not go together')
  if (values.origin !== undefined && !values.json) throw usageError('--origin says more with --json only')
  const origin = values.origin === undefined ? null : originOf(values.origin)
  const wanted = positionals.length === 0 ? ['-'] : positionals
  const fromStandardInput = [values.backup, ...wanted].filter((each) => each === '-').length
  if (fromStandardInput > 1) throw usageError('standard input can be read once only')

  return withSecrets(values, async (secrets) => {
    const file = readVaultFile(values.backup)
    const { sources, unread } = await sourcesFor(wanted, kind)
    const looked = await withVault(file, secrets, async ({ body }) => {
      const keys = openingKeys(body)
      const each: Looked[] = []
      const opener = { keys, textKeys: new TextKeys(keys.map(({ key }) => key)) }
      for (const source of sources) each.push({ source, texts: await openTexts(opener, source.run, origin) })
      for (const { key } of keys) key.fill(0)
      return each
    })
    if (values.json) printJson(looked.flatMap(asJson))
    else if (values.replace) print(withAllTextsIn(looked))
    else printTexts(looked)
    const complete = report(looked)
    if (unread) return exits.files
    return complete ? exits.done : exits.failed
  })
}

interface Looked {
  readonly source: Source
  readonly texts: readonly (Opened | Unopened)[]
}

/** Reads all there is to be read, and says what cannot be. */
async function sourcesFor(wanted: readonly string[], kind: (typeof kinds)[number] | null) {
  const sources: Source[] = []
  let unread = false
  for (const [at, argument] of wanted.entries()) {
    try {
      sources.push(...(await sourcesOf(argument, at, kind)))
    } catch (thrown) {
      if (!(thrown instanceof CliExit)) throw thrown
      unread = true
      say(thrown.message)
    }
  }
  if (sources.length === 0) throw new CliExit(exits.files, 'there is nothing to look through')
  return { sources, unread }
}

function printTexts(looked: readonly Looked[]): void {
  const opened = looked.flatMap(({ texts }) => texts.filter(isOpen))
  for (const [at, { text }] of opened.entries()) {
    if (at > 0) print(separator)
    printText(text)
  }
}

/** Text where all of it is text. Otherwise one page, for a policy holds only at the head of a page; text is escaped there. */
function withAllTextsIn(looked: readonly Looked[]): string {
  if (!looked.some(({ source }) => source.run.markup)) return looked.map(withTextsIn).join('')
  return inertPage(
    looked.map((each) => (each.source.run.markup ? withTextsIn(each) : `<pre>${escapeHtml(withTextsIn(each))}</pre>`)),
  )
}

function withTextsIn({ source: { run }, texts }: Looked): string {
  return replaceIn(
    run,
    texts.filter(isOpen).map(({ start, end, text }) => ({ start, end, opened: text })),
  )
}

function asJson({ source, texts }: Looked): object[] {
  return texts.map((one) => ({
    from: source.name,
    outcome: one.outcome,
    sealed: one.sealed,
    ...(isOpen(one) && { text: one.text, sealedAt: one.sealedAt.toISOString(), site: one.site, key: one.under }),
  }))
}

/** Says what did not open, and what opened with a key that is not the newest of one's own. True when everything did, and there was something. */
function report(looked: readonly Looked[]): boolean {
  const all = looked.flatMap(({ texts }) => texts)
  for (const { source, texts } of looked) {
    for (const [at, one] of texts.entries()) {
      const words = isOpen(one) ? keyWords(one.under) : outcomeWords(one.outcome)
      if (words === null) continue
      const which = texts.length > 1 ? `text ${at + 1} of ${texts.length}` : 'the text'
      say(`${source.name}: ${which} (${one.sealed.slice(0, shownLetters)}…) ${words}`)
    }
  }
  if (all.length === 0) say(`no sealed text in ${looked.map(({ source }) => source.name).join(', ')}`)
  const opened = all.filter(isOpen).length
  if (opened < all.length && all.length > 1) say(`${opened} of ${counted(all.length, 'text')} opened`)
  return all.length > 0 && opened === all.length
}

function isOpen(one: Opened | Unopened): one is Opened {
  return one.outcome === 'open'
}
