// The commands by name. The only place that turns a command, or what it throws, into an exit status.

import { check } from './check.ts'
import { CliExit, type Exit, exits, usageError } from './exits.ts'
import { commandHelp, usage } from './help.ts'
import { open } from './open.ts'
import { print, say } from './printing.ts'
import { recover } from './recover.ts'
import { seal } from './seal.ts'
import { show } from './show.ts'

declare const __FIELDSEAL_VERSION__: string

type Command = (args: readonly string[]) => Promise<Exit>
const commands = new Map<string, Command>(Object.entries({ open, seal, check, show, recover, help }))

/** Runs the command in the arguments, which follow the program's name. */
export async function run([name, ...args]: readonly string[]): Promise<Exit> {
  try {
    return await commandNamed(name, args)(args)
  } catch (thrown) {
    if (!(thrown instanceof CliExit)) {
      say(`a fault of this program, please report it: ${thrown instanceof Error ? thrown.message : thrown}`)
      return exits.fault
    }
    say(thrown.message)
    if (thrown.exit === exits.usage) say(`for how it is used: fieldseal help${isNamed(name) ? ` ${name}` : ''}`)
    return thrown.exit
  }
}

function commandNamed(name: string | undefined, args: readonly string[]): Command {
  if (name === undefined) throw usageError('which command? open, seal, check, show, recover or help')
  if (name === '--version' || name === '-V') return version
  if (name === '--help' || name === '-h') return help
  const command = commands.get(name)
  if (command === undefined) throw usageError(`there is no command “${name}”`)
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  return options.some((option) => option === '--help' || option === '-h') ? () => help([name]) : command
}

async function version(): Promise<Exit> {
  print(`fieldseal ${__FIELDSEAL_VERSION__}\n`)
  return exits.done
}

async function help([name]: readonly string[]): Promise<Exit> {
  if (name === undefined || name.startsWith('-')) print(usage)
  else if (isNamed(name)) print(commandHelp[name] ?? usage)
  else throw usageError(`there is no command “${name}”`)
  return exits.done
}

function isNamed(name: string | undefined): name is string {
  return name !== undefined && commands.has(name)
}
