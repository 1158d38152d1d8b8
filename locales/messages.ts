// Turns a catalogue into what browsers read, `_locales/<language>/messages.json`, and refuses one that has not the very keys, values and
// plural forms that the English one has. Runs when Fieldseal is built and in tests; nothing of it ships.

/** A sentence, one for each plural form of a number, or more of them under a name. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue
}

export interface Message {
  readonly message: string
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>
}
/** By their names in browsers: the key with `_` for each dot. */
export type Messages = Readonly<Record<string, Message>>

const maxValues = 9
const pluralForms: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other']

const isPlural = (entry: Catalogue): boolean => typeof entry.other === 'string'

/** The sentences by their keys; those of a number by the key and the plural form. RangeError for a form the language does not have. */
export function flatten(catalogue: Catalogue, forms: readonly string[], path = ''): Map<string, string> {
  const sentences = new Map<string, string>()
  for (const [name, entry] of Object.entries(catalogue)) {
    const key = `${path}${name}`
    if (typeof entry === 'string') sentences.set(key, entry)
    else if (isPlural(entry)) {
      const given = Object.keys(entry)
      const wrong = [...given.filter((form) => !forms.includes(form)), ...forms.filter((form) => !given.includes(form))]
      if (wrong.length > 0) throw new RangeError(`${key}: expected the forms ${forms.join()}, got ${given.join()}`)
      for (const [form, sentence] of Object.entries(entry)) sentences.set(`${key}.${form}`, sentence as string)
    } else for (const [more, sentence] of flatten(entry, forms, `${key}.`)) sentences.set(more, sentence)
  }
  return sentences
}

/** The names of the values and elements in a sentence, in the order of the alphabet. */
export function slotsIn(sentence: string): string[] {
  const named = [...sentence.matchAll(/\{(\w+)\}|<\/(\w+)>/g)].map(([, value, element]) => value ?? `<${element}>`)
  return [...new Set(named)].sort()
}

/**
 * What a browser reads. Values are numbered in the order of the alphabet, so that whoever asks for a sentence (src/words.ts) needs no
 * table of them.
 */
export function toMessages(catalogue: Catalogue): Messages {
  const messages: Record<string, Message> = {}
  const names = new Map<string, string>()
  const sentences = flatten(catalogue, formsOf(localeOf(catalogue)))
  for (const [key, sentence] of sentences) {
    const name = key.replaceAll('.', '_')
    // Browsers know no difference between capital and small letters in them.
    const same = names.get(name.toLowerCase())
    if (same !== undefined || !/^\w+$/.test(name))
      throw new RangeError(`${key}: no name for a message, or that of ${same}`)
    names.set(name.toLowerCase(), key)
    const values = valuesFor(key, sentences)
    if (values.length > maxValues) throw new RangeError(`${key}: more than ${maxValues} values`)
    const message = sentence.replaceAll('$', '$$$$').replace(/\{(\w+)\}/g, '$$$1$$')
    const placeholders = Object.fromEntries(values.map((value, index) => [value, { content: `$${index + 1}` }]))
    messages[name] = values.length === 0 ? { message } : { message, placeholders }
  }
  return messages
}

/** The values that come with a sentence. A plural form gets those of all its forms and the number, also where it leaves some of them out. */
function valuesFor(key: string, sentences: ReadonlyMap<string, string>): string[] {
  const base = key.slice(0, key.lastIndexOf('.') + 1)
  const forms = sentences.has(`${base}other`) ? pluralForms.map((form) => sentences.get(`${base}${form}`) ?? '') : []
  const all = forms.length > 0 ? `{n}${forms.join('')}` : (sentences.get(key) ?? '')
  return slotsIn(all).filter((slot) => !slot.startsWith('<'))
}

/** What is wrong with a catalogue beside the English one: empty when nothing is. */
export function faultsIn(catalogue: Catalogue, source: Catalogue): string[] {
  const locale = localeOf(catalogue)
  const sentences = flatten(catalogue, formsOf(locale))
  const sources = flatten(source, formsOf(localeOf(source)))
  const base = (key: string) => key.replace(new RegExp(`\\.(${pluralForms.join('|')})$`), '')
  const [own, theirs] = [[...sentences.keys()].map(base), [...sources.keys()].map(base)].map((keys) => new Set(keys))
  const missing = [...(theirs ?? [])].filter((key) => !own?.has(key)).map((key) => `${key} is missing`)
  const foreign = [...(own ?? [])].filter((key) => !theirs?.has(key)).map((key) => `${key} is not in the source`)
  const changed = [...sentences].flatMap(([key, sentence]) => {
    const wanted = sources.get(key) ?? sources.get(`${base(key)}.other`)
    if (wanted === undefined) return []
    // A form for one, or for none, may say the number in words.
    const [got, expected] = [sentence, wanted].map((each) =>
      slotsIn(each)
        .filter((slot) => slot !== 'n')
        .join(),
    )
    return got === expected ? [] : [`${key} has ${got || 'no slot'}, expected ${expected || 'none'}`]
  })
  return [...missing, ...foreign, ...changed]
}

const formsOf = (locale: string): string[] => new Intl.PluralRules(locale).resolvedOptions().pluralCategories

function localeOf(catalogue: Catalogue): string {
  const { extension } = catalogue
  const locale = typeof extension === 'object' ? extension.locale : undefined
  if (typeof locale !== 'string') throw new RangeError('expected a language at extension.locale')
  return locale
}
