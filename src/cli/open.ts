// `fieldseal open`: finds the sealed texts of its inputs and prints what they say.

import { TextKeys } from '../crypto/textKeys.ts'
import { openingKeys } from '../keyring/circles.ts'
import { CliExit, type Exit, exits, usageError } from './exits.ts'
import { kinds } from './formats/decoding.ts'
import { escapeHtml, inertPage } from './formats/inert.ts'
import { replaceIn } from './formats/runs.ts'
import { readSources, type Source } from './inputs.ts'
import { originOf, parseOptions } from './options.ts'
import { counted, print, printJson, printText, say } from './printing.ts'
import { secretOptions, withSecrets, withVault } from './secrets.ts'
import { type Opened, openTexts, type Unopened } from './texts.ts'
import { readVaultFile } from './vaultFile.ts'
import { keyWords, outcomeWords } from './words.ts'

const separator = '---\n'
const shownLetters = 19 // the marker, and enough to distinguish texts

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
  const kind = kinds.find((known) => known === values.as) ?? null
  if (values.as !== undefined && kind === null) throw usageError(`--as takes ${kinds.join(', ')}; not “${values.as}”`)
  if (values.json && values.replace) throw usageError('--json and --replace do not go together')
  if (values.origin !== undefined && !values.json) throw usageError('--origin says more with --json only')
  const origin = values.origin === undefined ? null : originOf(values.origin)
  const wanted = positionals.length === 0 ? ['-'] : positionals
  const fromStandardInput = [values.backup, ...wanted].filter((name) => name === '-').length
  if (fromStandardInput > 1) throw usageError('standard input can be read once only')

  return withSecrets(values, async (secrets) => {
    const file = readVaultFile(values.backup)
    const { sources, unread } = await sourcesFor(wanted, kind)
    const searched = await withVault(file, secrets, async ({ body }) => {
      const keys = openingKeys(body)
      const results: Searched[] = []
      const opener = { keys, textKeys: new TextKeys(keys.map(({ key }) => key)) }
      for (const source of sources) results.push({ source, texts: await openTexts(opener, source.run, origin) })
      for (const { key } of keys) key.fill(0)
      return results
    })
    if (values.json) printJson(searched.flatMap(asJson))
    else if (values.replace) print(withAllTextsIn(searched))
    else printTexts(searched)
    const complete = report(searched)
    if (unread) return exits.files
    return complete ? exits.done : exits.failed
  })
}

interface Searched {
  readonly source: Source
  readonly texts: readonly (Opened | Unopened)[]
}

/** Reads every input that it can, and reports the others. */
async function sourcesFor(wanted: readonly string[], kind: (typeof kinds)[number] | null) {
  const sources: Source[] = []
  let unread = false
  for (const [index, argument] of wanted.entries()) {
    try {
      sources.push(...(await readSources(argument, index, kind)))
    } catch (thrown) {
      if (!(thrown instanceof CliExit)) throw thrown
      unread = true
      say(thrown.message)
    }
  }
  if (sources.length === 0) throw new CliExit(exits.files, 'there is nothing to look through')
  return { sources, unread }
}

function printTexts(searched: readonly Searched[]): void {
  const opened = searched.flatMap(({ texts }) => texts.filter(isOpen))
  for (const [index, { text }] of opened.entries()) {
    if (index > 0) print(separator)
    printText(text)
  }
}

/** Text if all inputs are text. Otherwise one page with text escaped, because a policy works only at the head of a page. */
function withAllTextsIn(searched: readonly Searched[]): string {
  if (!searched.some(({ source }) => source.run.markup)) return searched.map(withTextsIn).join('')
  return inertPage(
    searched.map((input) =>
      input.source.run.markup ? withTextsIn(input) : `<pre>${escapeHtml(withTextsIn(input))}</pre>`,
    ),
  )
}

function withTextsIn({ source: { run }, texts }: Searched): string {
  return replaceIn(
    run,
    texts.filter(isOpen).map(({ start, end, text }) => ({ start, end, opened: text })),
  )
}

function asJson({ source, texts }: Searched): object[] {
  return texts.map((found) => ({
    from: source.name,
    outcome: found.outcome,
    sealed: found.sealed,
    ...(isOpen(found) && {
      text: found.text,
      sealedAt: found.sealedAt.toISOString(),
      site: found.site,
      key: found.under,
    }),
  }))
}

/** Reports texts that did not open, or opened with a key other than the newest of Personal. True if there were texts and all opened. */
function report(searched: readonly Searched[]): boolean {
  const all = searched.flatMap(({ texts }) => texts)
  for (const { source, texts } of searched) {
    for (const [index, found] of texts.entries()) {
      const words = isOpen(found) ? keyWords(found.under) : outcomeWords(found.outcome)
      if (words === null) continue
      const name = texts.length > 1 ? `text ${index + 1} of ${texts.length}` : 'the text'
      say(`${source.name}: ${name} (${found.sealed.slice(0, shownLetters)}…) ${words}`)
    }
  }
  if (all.length === 0) say(`no sealed text in ${searched.map(({ source }) => source.name).join(', ')}`)
  const opened = all.filter(isOpen).length
  if (opened < all.length && all.length > 1) say(`${opened} of ${counted(all.length, 'text')} opened`)
  return all.length > 0 && opened === all.length
}

function isOpen(found: Opened | Unopened): found is Opened {
  return found.outcome === 'open'
}
