// Secrets that are typed at a terminal: nothing of them is shown, and the terminal is left as it was. `script` of util-linux
// is the terminal.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sealText } from '../../src/crypto/text.ts'
import { newestPersonal } from '../../src/keyring/circles.ts'
import { backupOf, folder, makeVault, password, program, recoveryKey } from './program.ts'

const files = folder()
const hasScript = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')
const atEnd = 'ended with'
let sealed: string

beforeAll(async () => {
  const vault = await makeVault()
  files.put('vault.backup', backupOf(vault))
  sealed = await sealText(newestPersonal(vault.body), { text: 'he\u001b[1mllo', minutes: 1, origin: null })
})

const screens = new Set<Screen>()

afterEach(() => {
  for (const screen of screens) screen.close()
  screens.clear()
})

/** A terminal in which a shell runs this; what it shows. */
class Screen {
  shown = ''
  readonly #child: ChildProcess
  readonly #over: Promise<void>

  constructor(command: string) {
    const fieldseal = `'${process.execPath}' '${program}'`
    const shell = `before=$(stty -g); ${command.replaceAll('fieldseal ', `${fieldseal} `)}; code=$?; [ "$before" = "$(stty -g)" ] && echo as before; echo ${atEnd} $code`
    this.#child = spawn('script', ['-qec', shell, '/dev/null'], { cwd: files.path, detached: true })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.shown += text
    })
    screens.add(this)
    this.#over = new Promise((resolve) => this.#child.on('close', () => resolve()))
  }

  /** Types this once the screen has shown these words `times` times. */
  async type(keys: string, after: string, times = 1): Promise<void> {
    while (this.shown.split(after).length <= times) {
      if ((this.#child.exitCode ?? this.#child.signalCode) !== null)
        throw new Error(`ended without “${after}”: ${this.shown}`)
      await Promise.race([this.#child.stdout && once(this.#child.stdout, 'data'), this.#over])
    }
    this.#child.stdin?.write(keys)
  }

  close(): void {
    this.#child.kill()
  }

  async end(): Promise<string> {
    await this.#over
    return this.shown.replaceAll('\r\n', '\n')
  }
}

describe.skipIf(!hasScript)('at a terminal', () => {
  test('a password is not shown while it is typed, and texts have nothing in them that a terminal obeys', async () => {
    const screen = new Screen(`fieldseal open -b vault.backup ${sealed}`)
    await screen.type(`${password}\r`, 'Password for vault.backup: ')
    expect(await screen.end()).toBe(`Password for vault.backup: \nhe␛[1mllo\nas before\n${atEnd} 0\n`)
  })

  test('a file is named there without what a terminal obeys, whatever its name', async () => {
    const name = 'a\u001b]0;owned\u0007\u001b[2J\u202e\nb.backup'
    copyFileSync(join(files.path, 'vault.backup'), join(files.path, name))
    const commands = ['check *b.backup --with-password', 'open -b *b.backup *b.backup']
    for (const command of commands) {
      const screen = new Screen(`fieldseal ${command}`)
      await screen.type(`${password}\r`, 'Password for')
      const shown = await screen.end()
      for (const obeyed of ['\u001b', '\u0007', '\u202e', '\nb.backup']) expect(shown).not.toContain(obeyed)
      expect(shown).toContain('a␛]0;owned␇␛[2J<U+202E>␊b.backup')
    }
  })

  test('it is asked for there too when standard input and output are texts', async () => {
    const screen = new Screen(`echo ${sealed} | fieldseal open -b vault.backup >out; od -An -c out`)
    await screen.type(`${password}\r`, 'Password')
    expect(await screen.end()).toMatch(/^Password for vault.backup: \n +h +e +033 +\[ +1 +m +l +l +o +\\n\n/)
  })

  test('texts can be typed or pasted there, before the password', async () => {
    const screen = new Screen('fieldseal open -b vault.backup')
    await screen.type(`${sealed}\n\u0004`, 'press Enter and Ctrl-D')
    await screen.type(`${password}\r`, 'Password')
    const shown = await screen.end()
    expect(shown).toContain(`Password for vault.backup: \nhe␛[1mllo\nas before\n${atEnd} 0`)
    expect(shown).not.toContain(password)
  })

  test('is not read from as a descriptor, for then it would show what is typed', async () => {
    const screen = new Screen(`fieldseal open -b vault.backup --password-fd 0 ${sealed}`)
    expect(await screen.end()).toMatch(new RegExp(`--password-fd 0 is the terminal[\\s\\S]*as before\n${atEnd} 2`))
  })

  test('typing can be corrected, and a wrong password typed again', async () => {
    const screen = new Screen(`fieldseal open -b vault.backup ${sealed}`)
    await screen.type('wrong\r', 'Password')
    await screen.type(`all of it\u0015x\u007f\u001b[A${password}é\u007f\r`, 'Password', 2)
    const shown = await screen.end()
    expect(shown).toContain('That does not open the vault.')
    expect(shown).toContain(`${atEnd} 0`)
    expect(shown).not.toContain('wrong')
    expect(shown).not.toContain('correct')
  })

  test('after three wrong ones it is over; so it is where nothing is typed', async () => {
    const wrong = new Screen(`fieldseal open -b vault.backup ${sealed}`)
    for (const times of [1, 2, 3]) await wrong.type('wrong\r', 'Password', times)
    expect(await wrong.end()).toContain(`as before\n${atEnd} 3`)
    const none = new Screen(`fieldseal open -b vault.backup ${sealed}`)
    await none.type('\u0004', 'Password')
    expect(await none.end()).toContain(`nothing was typed\nas before\n${atEnd} 3`)
  })

  test('Ctrl-C ends it as it ends other programs, with the terminal as before', async () => {
    const screen = new Screen(`trap : INT; fieldseal open -b vault.backup ${sealed}`)
    await screen.type('corr\u0003', 'Password')
    expect(await screen.end()).toContain(`as before\n${atEnd} 130`)
  })

  test('a signal from elsewhere leaves it as before too', async () => {
    const screen = new Screen(`fieldseal open -b vault.backup ${sealed} & echo $! >pid; wait $!`)
    await screen.type('corr', 'Password')
    process.kill(Number(readFileSync(join(files.path, 'pid'), 'utf8')), 'SIGTERM')
    expect(await screen.end()).toContain(`as before\n${atEnd} 143`)
  })

  test('recover asks for the key until it is right, and for the new password twice', async () => {
    const screen = new Screen('fieldseal recover vault.backup -o new.backup')
    await screen.type(`${recoveryKey.replace(/^./, 'P')}\r`, 'Recovery key for vault.backup: ')
    await screen.type(`${recoveryKey.toLowerCase().replaceAll('-', ' ')}\r`, 'Recovery key for', 2)
    await screen.type('short\r', 'New password: ')
    await screen.type('a new password\r', 'New password: ', 2)
    await screen.type('a new passport\r', 'once more: ')
    await screen.type('a new password\r', 'New password: ', 3)
    await screen.type('a new password\r', 'once more: ', 2)
    const shown = await screen.end()
    expect(shown).toContain('There is a typing error in group 1 of the recovery key.\n')
    expect(shown).toContain('at least 8 characters')
    expect(shown).toContain('The two are not the same.\n')
    expect(shown).toContain(`as before\n${atEnd} 0`)
    expect(shown).not.toContain('a new pass')
    const opened = new Screen(`fieldseal open -b new.backup ${sealed}`)
    await opened.type('a new password\r', 'Password')
    expect(await opened.end()).toContain('llo\n')
  })
})
