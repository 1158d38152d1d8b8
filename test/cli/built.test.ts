// What the built program is: one file that needs nothing beside it, tells how it is used, and is no part of the extension.

import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'
import { version } from '../../package.json' with { type: 'json' }
import { buildFor } from '../e2e/browsers.ts'
import { kinds } from '../e2e/session.ts'
import { backupOf, fieldseal, folder, makeVault, program, withPassword } from './program.ts'

const files = folder()
const code = readFileSync(program, 'utf8')
const commands = ['open', 'seal', 'check', 'show', 'recover', 'help']

describe('the program', () => {
  test('is one executable file', () => {
    expect(readdirSync(join(program, '..'))).toEqual(['fieldseal.mjs'])
    expect(statSync(program).mode & 0o111).toBe(0o111)
    expect(code).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  test('imports nothing but what Node has, and neither later nor by the network', () => {
    const { module } = parseSync('fieldseal.mjs', code)
    expect(module.dynamicImports).toEqual([])
    const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest.value)
    expect(imported.filter((name) => !/^node:(util|fs|path|tty|buffer|string_decoder)$/.test(name))).toEqual([])
    expect(code).not.toMatch(/\b(require|fetch|XMLHttpRequest|WebSocket|eval)\s*\(/)
  })

  test('knows no path of the machine it was built on', () => {
    expect(code).not.toContain(process.cwd())
    expect(code).not.toMatch(/sourceMappingURL|file:\/\//)
  })

  test('runs where there is nothing beside it', async () => {
    const alone = join(files.path, 'alone.mjs')
    copyFileSync(program, alone)
    const backup = files.put('vault.backup', backupOf(await makeVault()))
    const at = { cwd: files.path, program: alone }
    const sealed = await fieldseal(['seal', '-b', backup, ...withPassword], { ...at, stdin: 'hello' })
    const opened = await fieldseal(['open', '-b', backup, ...withPassword], { ...at, stdin: sealed.out })
    expect(opened).toMatchObject({ code: 0, out: 'hello\n', err: '' })
  })

  test.each(kinds)('is no part of what is built for %s', (kind) => {
    const built = buildFor(kind)
    const scripts = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(0)
    for (const words of ['--password-fd', 'rfc822', 'node:fs']) {
      expect(code).toContain(words)
      for (const path of scripts) expect(readFileSync(join(built, path), 'utf8')).not.toContain(words)
    }
  })
})

describe('how it is used', () => {
  test('is told when asked, on standard output', async () => {
    for (const args of [['help'], ['--help'], ['-h']]) {
      const ran = await fieldseal(args)
      expect(ran).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Usage: fieldseal COMMAND/) })
      for (const command of commands) expect(ran.out).toContain(`\n  ${command} `)
    }
    for (const args of [['--version'], ['-V']]) expect((await fieldseal(args)).out).toBe(`fieldseal ${version}\n`)
  })

  test.each(commands)('fieldseal %s has its own', async (command) => {
    for (const args of [
      ['help', command],
      [command, '--help'],
      [command, '-h', 'x'],
    ])
      expect(await fieldseal(args)).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(`^Usage: fieldseal ${command} `),
      })
  })

  test('has every option in its help and in docs/CLI.md', async () => {
    const manual = readFileSync(new URL('../../docs/CLI.md', import.meta.url), 'utf8')
    for (const command of ['open', 'seal', 'check', 'show', 'recover']) {
      const source = readFileSync(new URL(`../../src/cli/${command}.ts`, import.meta.url), 'utf8')
      const [, block = ''] = /const options = \{([\s\S]*?)\n\} as const/.exec(source) ?? []
      const names = [...block.matchAll(/^ {2}'?([a-z-]+)'?: \{/gm)].map(([, name]) => `--${name}`)
      expect(names.length).toBeGreaterThan(1)
      const { out } = await fieldseal(['help', command])
      for (const name of [...names, '--password-fd', '--recovery-fd']) {
        expect(out, command).toContain(name)
        expect(manual).toContain(name)
      }
    }
  })

  test.each([
    [[], 'which command?'],
    [['opne'], 'no command “opne”'],
    [['help', 'opne'], 'no command “opne”'],
    [['--colour'], 'no command'],
    [['open', '--colour'], "Unknown option '--colour'"],
    [['open', '-b'], 'argument missing'],
    [['open', 'x'], '-b BACKUP'],
    [['open', '-b', '-', '-'], 'once only'],
    [['open', '-b', 'x', '--json', '-r'], 'do not go together'],
    [['check'], 'backup is missing'],
    [['show', 'a', 'b'], 'one backup at a time'],
  ])('%j is refused, with what is wrong on standard error', async (args, words) => {
    const ran = await fieldseal(args)
    expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) })
    expect(ran.err).toMatch(/for how it is used: fieldseal help/)
  })

  test('a backup that is not there ends with 4', async () => {
    expect(await fieldseal(['check', 'nowhere'])).toMatchObject({
      code: 4,
      out: '',
      err: 'fieldseal: nowhere: no such file\n',
    })
  })
})
