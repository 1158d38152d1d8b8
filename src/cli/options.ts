// The options of a command, from its arguments. `--` ends them, `-` is an argument, and what is not known is refused.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { usageError } from './exits.ts'

export type Options = NonNullable<ParseArgsConfig['options']>

/** Ended: an option that there is not, or one that lacks its value. */
export function parseOptions<Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (!(thrown instanceof Error) || !code.startsWith('ERR_PARSE_ARGS_')) throw thrown
    // What follows the first sentence is advice to programmers.
    throw usageError(thrown.message.split(/[.\n]/, 1)[0] ?? thrown.message)
  }
}

/** The one argument of a command. Ended: none, or more. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals
  if (one === undefined) throw usageError(`${what} is missing`)
  if (more.length > 0) throw usageError(`one ${what} at a time, not ${positionals.length}`)
  return one
}

/** As browsers write it: what is sealed for another spelling would open nowhere by itself. */
export function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw usageError(`--origin takes the origin of a site, such as https://example.com; not “${text}”`)
  if (text !== url.origin) throw usageError(`“${text}” is not an origin; the origin of it is ${url.origin}`)
  return url.origin
}
