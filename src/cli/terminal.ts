// The person's terminal, even if standard input and output are redirected: asks for secrets without echo. From the first question
// until it is closed nothing that is typed is shown, and the terminal is restored however the program ends.

import { closeSync, openSync, writeSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { ReadStream } from 'node:tty'
import { CliExit, exits } from './exits.ts'
import { visible } from './printing.ts'

const devices =
  process.platform === 'win32'
    ? { input: String.raw`\\.\CONIN$`, output: String.raw`\\.\CONOUT$` }
    : { input: '/dev/tty', output: '/dev/tty' }
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const mostCharacters = 64 * 1024

const control = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 0x40)
const interrupting = new Set([control('C'), control('\\')])
const erasing = new Set([control('H'), '\u007f'])
const escapeKey = control('[')

export class Terminal {
  readonly #input: ReadStream
  readonly #output: number
  readonly #decoder = new StringDecoder('utf8')
  readonly #onSignal = (signal: NodeJS.Signals) => this.#endBy(signal)
  readonly #onExit = () => this.close()
  /** Typed characters that no question has consumed yet. */
  #typed: string[] = []
  #more: () => void = () => undefined
  #ended = false

  /** Opens the terminal; null without one. */
  static open(): Terminal | null {
    try {
      return new Terminal(openSync(devices.input, 'r+'), openSync(devices.output, 'r+'))
    } catch {
      return null
    }
  }

  private constructor(input: number, output: number) {
    this.#input = new ReadStream(input)
    this.#output = output
    for (const signal of endings) process.once(signal, this.#onSignal)
    process.once('exit', this.#onExit)
    this.#input.setRawMode(true)
    this.#input.on('data', (bytes: Buffer) => this.#onData(bytes))
    for (const event of ['end', 'error', 'close']) this.#input.on(event, () => this.#onEnd())
  }

  say(message: string): void {
    writeSync(this.#output, `${visible(message)}\n`)
  }

  /** Asks a question and returns the line typed. Throws CliExit: Ctrl-D on an empty line, or the terminal is gone. */
  async ask(question: string): Promise<string> {
    writeSync(this.#output, visible(question))
    let line: string[] = []
    for (;;) {
      const character = await this.#next()
      if (character === null || (character === control('D') && line.length === 0)) {
        this.say('')
        throw new CliExit(exits.secret, 'nothing was typed')
      }
      if (character === '\r' || character === '\n') break
      if (erasing.has(character)) line.pop()
      else if (character === control('U')) line = []
      else if (character === escapeKey) await this.#skipEscape()
      else if (!/\p{Cc}/u.test(character) && line.length < mostCharacters) line.push(character)
    }
    this.say('')
    return line.join('')
  }

  close(): void {
    if (this.#input.destroyed) return
    for (const signal of endings) process.off(signal, this.#onSignal)
    process.off('exit', this.#onExit)
    this.#typed = []
    this.#input.setRawMode(false)
    this.#input.destroy()
    closeSync(this.#output)
  }

  #onData(bytes: Buffer): void {
    const typed = Array.from(this.#decoder.write(bytes))
    bytes.fill(0)
    if (typed.some((character) => interrupting.has(character))) this.#endBy('SIGINT')
    this.#typed.push(...typed)
    this.#more()
  }

  #onEnd(): void {
    this.#ended = true
    this.#more()
  }

  async #next(): Promise<string | null> {
    while (this.#typed.length === 0) {
      if (this.#ended) return null
      await new Promise<void>((resolve) => {
        this.#more = resolve
      })
    }
    return this.#typed.shift() ?? null
  }

  /** Skips the letters that arrow keys and the like send after an escape. */
  async #skipEscape(): Promise<void> {
    if (this.#typed[0] !== '[' && this.#typed[0] !== 'O') return
    await this.#next()
    while (this.#typed.length > 0 && !/[@-~]/.test((await this.#next()) ?? '~')) {}
  }

  /** Restores the terminal, then ends the program by this signal. */
  #endBy(signal: NodeJS.Signals): void {
    writeSync(this.#output, '\n')
    this.close()
    process.kill(process.pid, signal)
  }
}
