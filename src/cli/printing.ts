// Output: results on standard output, messages on standard error or the terminal itself. A terminal obeys control characters and
// reorders text at bidirectional ones, and others write texts, file names, titles and circle names: both kinds of character are
// made visible on a terminal. A pipe or file gets every byte of a result.

const lineFeed = 0x0a
const tab = 0x09

export function print(text: string): void {
  process.stdout.write(process.stdout.isTTY ? harmless(text) : text)
}

/** Prints a text on lines of its own: it always ends in a line feed. */
export function printText(text: string): void {
  print(text.endsWith('\n') ? text : `${text}\n`)
}

export function printJson(value: unknown): void {
  print(`${JSON.stringify(value, null, 2)}\n`)
}

/** Prints a message for the person, never a result. */
export function say(message: string): void {
  process.stderr.write(`fieldseal: ${visible(message)}\n`)
}

/** Replaces control characters, except tabs and line breaks, and characters that change the direction of text, with signs. */
export function harmless(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    const code = character.charCodeAt(0)
    return code === lineFeed || code === tab ? character : sign(code)
  })
}

/** As harmless, for one line: replaces line feeds and tabs too, so that no name can begin a new line. */
export function visible(text: string): string {
  return harmless(text).replace(/[\n\t]/g, (character) => sign(character.charCodeAt(0)))
}

function sign(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

/** A text as one line of at most `mostCharacters`. */
export function oneLine(text: string, mostCharacters: number): string {
  const line = Array.from(harmless(text.replace(/\s+/g, ' ')).trim())
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1).join('')}…` : line.join('')
}

/** A count with its noun: 1 document, 2 documents. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
