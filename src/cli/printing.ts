// What comes out: results on standard output, words on standard error. A terminal obeys control characters, and an opened
// text is written by whoever sealed it: what goes to a terminal has them made visible. A pipe or file gets every byte.

const lineFeed = 0x0a
const tab = 0x09

export function print(text: string): void {
  process.stdout.write(process.stdout.isTTY ? harmless(text) : text)
}

/** A text on lines of its own: it always ends in a line feed. */
export function printText(text: string): void {
  print(text.endsWith('\n') ? text : `${text}\n`)
}

export function printJson(value: unknown): void {
  print(`${JSON.stringify(value, null, 2)}\n`)
}

/** A line of words for the person, never of results. */
export function say(message: string): void {
  process.stderr.write(`fieldseal: ${harmless(message)}\n`)
}

/** Control characters but tabs and line breaks shown as signs of their own. */
export function harmless(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0)
    if (code === lineFeed || code === tab) return character
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/** One line of a text, and no more of it than fits a line. */
export function oneLine(text: string, mostCharacters: number): string {
  const line = Array.from(harmless(text).replace(/\s+/g, ' ').trim())
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1).join('')}…` : line.join('')
}

/** A count with its noun: 1 document, 2 documents. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
