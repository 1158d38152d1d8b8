// The options of a command, from its arguments. `--` ends them, `-` is an argument, and what is not known is refused.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { misused } from './exits.ts'

export type Options = NonNullable<ParseArgsConfig['options']>

/** Ended: an option that there is not, or one that lacks its value. */
export function parsed<Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (!(thrown instanceof Error) || !code.startsWith('ERR_PARSE_ARGS_')) throw thrown
    // What follows the first sentence is advice to programmers.
    throw misused(thrown.message.split(/[.\n]/, 1)[0] ?? thrown.message)
  }
}

/** The one argument of a command. Ended: none, or more. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals
  if (one === undefined) throw misused(`${what} is missing`)
  if (more.length > 0) throw misused(`one ${what} at a time, not ${positionals.length}`)
  return one
}
