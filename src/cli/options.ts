// The options of a command, from its arguments. `--` ends them, `-` is an argument, and unknown options are refused.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { usageError } from './exits.ts'

export type Options = NonNullable<ParseArgsConfig['options']>

/** Throws CliExit: an unknown option, or one without its value. */
export function parseOptions<Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (!(thrown instanceof Error) || !code.startsWith('ERR_PARSE_ARGS_')) throw thrown
    // The rest of the message is advice to programmers.
    throw usageError(thrown.message.split(/[.\n]/, 1)[0] ?? thrown.message)
  }
}

/** The single argument of a command. Throws CliExit: none, or several. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [only, ...more] = positionals
  if (only === undefined) throw usageError(`${what} is missing`)
  if (more.length > 0) throw usageError(`one ${what} at a time, not ${positionals.length}`)
  return only
}

/** An origin as browsers write it: a text sealed for another spelling would open nowhere by itself. Throws CliExit. */
export function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw usageError(`--origin takes the origin of a site, such as https://example.com; not “${text}”`)
  if (text !== url.origin) throw usageError(`“${text}” is not an origin; the origin of it is ${url.origin}`)
  return url.origin
}
