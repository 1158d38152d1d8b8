// `fieldseal check`, `show` and `recover`, and the secrets that all commands ask for, as they are run.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MasterKey } from '../../src/bytes.ts'
import { defaultCost, leastCost } from '../../src/crypto/kdf.ts'
import { type BackupDocument, readBackup } from '../../src/keyring/backup.ts'
import { isPasswordSlot } from '../../src/keyring/record.ts'
import { rotateMasterKey } from '../../src/keyring/rotation.ts'
import { newPasswordSlot } from '../../src/keyring/slots.ts'
import { type Vault, withPasswordAtCost, withSlots } from '../../src/keyring/vault.ts'
import { vectors } from '../crypto/vectors.ts'
import {
  backupOf,
  draft,
  fieldseal,
  folder,
  madeAt,
  makeVault,
  password,
  recoveryKey,
  withPassword,
} from './program.ts'

const files = folder()
let vault: Vault
let documents: BackupDocument[]
let whole: string
let backup: string

beforeAll(async () => {
  vault = await makeVault()
  documents = [
    await draft(vault, 'Shopping\nmilk and bread', 'https://notes.example'),
    await draft(vault, `\u001b[31m${'A very long first line '.repeat(9)}`),
  ]
  whole = backupOf(vault, documents)
  backup = files.put('whole.backup', whole)
})

const linesOf = (text: string) => text.split(/(?<=\n)/)

describe('check', () => {
  test('says of a whole backup that it is, without a secret', async () => {
    const ran = await fieldseal(['check', backup])
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toContain('a backup, whole\n')
    expect(ran.out).toContain(`made ${madeAt.toISOString()}\n`)
    expect(ran.out).toContain('2 documents\n')
    expect(JSON.parse((await fieldseal(['check', '--json', backup])).out)).toEqual({
      state: 'whole',
      createdAt: madeAt.toISOString(),
      vaultId: vault.vaultId,
      revision: vault.header.revision,
      updatedAt: vault.header.updatedAt,
      documents: 2,
      damagedLines: [],
    })
  })

  test('says with the password that it is genuine, and that everything opens', async () => {
    for (const secret of [withPassword, ['--recovery-fd', '4']]) {
      const ran = await fieldseal(['check', backup, ...secret], { four: `${recoveryKey.toLowerCase()}\n` })
      expect(ran).toMatchObject({ code: 0, err: '' })
      expect(ran.out).toContain('genuine: ')
      expect(ran.out).toContain('the vault and every document open\n')
    }
  })

  test('names what is damaged, and that the end is missing', async () => {
    const [head = '', one = '', two = '', end = ''] = linesOf(whole)
    const altered = files.put('altered.backup', `${head}{"kind":"dra\n${two}${end}`)
    const ran = await fieldseal(['check', altered])
    expect(ran).toMatchObject({ code: 1, err: '' })
    expect(ran.out).toMatch(/ALTERED[\s\S]*1 document\ndamaged: line 2\./)
    const cut = files.put('cut.backup', head + one + two.slice(0, 80))
    expect(await fieldseal(['check', cut])).toMatchObject({ code: 1, out: expect.stringContaining('CUT OFF') })
  })

  test('sees bytes that are no text where they are, and nothing else lost', async () => {
    const bytes = Buffer.from(whole)
    bytes[linesOf(whole)[0]?.length ?? 0] = 0xff
    const ran = await fieldseal(['check', '--json', ...withPassword, files.put('bytes.backup', bytes)])
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.out)).toMatchObject({
      state: 'altered',
      damagedLines: [2],
      documents: 1,
      genuine: false,
      damagedDocuments: [],
    })
  })

  test('is not taken in by an end that another vault made', async () => {
    const forged = files.put('forged.backup', backupOf({ ...(await makeVault()), record: vault.record }, documents))
    expect(await fieldseal(['check', forged])).toMatchObject({ code: 0 })
    const ran = await fieldseal(['check', ...withPassword, forged])
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('NOT genuine') })
  })

  test('finds a document that does not open', async () => {
    const foreign = await draft(await makeVault(), 'another')
    const ran = await fieldseal([
      'check',
      ...withPassword,
      files.put('foreign.backup', backupOf(vault, [...documents, foreign])),
    ])
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining(`do not: ${foreign.document.id}\n`) })
  })

  test('takes a bare record, and a backup on standard input', async () => {
    const record = files.put('record.json', JSON.stringify(vault.record))
    expect(await fieldseal(['check', record])).toMatchObject({
      code: 0,
      out: expect.stringContaining('a vault record by itself'),
    })
    expect(await fieldseal(['check', ...withPassword, record])).toMatchObject({
      code: 0,
      out: expect.stringContaining('genuine'),
    })
    expect(await fieldseal(['check', '-'], { stdin: whole })).toMatchObject({
      code: 0,
      out: expect.stringContaining('standard input: a backup, whole\n'),
    })
  })

  test.each([
    ['nothing', ''],
    ['other text', 'Dear diary,\n'],
    ['other JSON', '{"header":1,"body":2}'],
  ])('refuses %s', async (what, text) => {
    const ran = await fieldseal(['check', files.put(`${what}.txt`, text)])
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no backup of Fieldseal’s') })
  })

  test('tells a later version and a record that was weakened', async () => {
    const later = files.put('later', '{"format":"fieldseal/v2/backup"}\n')
    expect(await fieldseal(['check', later])).toMatchObject({ code: 1, err: expect.stringContaining('newer version') })
    const weak = vault.record.header.replace(/"memoryKiB":\d+/, '"memoryKiB":1024')
    const weakened = files.put('weak.json', JSON.stringify({ ...vault.record, header: weak }))
    expect(await fieldseal(['check', weakened])).toMatchObject({
      code: 1,
      err: expect.stringContaining('tampered with'),
    })
  })
})

describe('the vectors of vaults', () => {
  test('open or are refused as they should be', async () => {
    const { record, password: secret, recoveryKey: key, refused } = vectors.vault
    const check = (made: unknown, how: readonly string[], three: string) =>
      fieldseal(['check', ...how, files.put('vector.json', JSON.stringify(made))], { three })
    expect(await check(record, withPassword, secret)).toMatchObject({ code: 0 })
    expect(await check(record, ['--recovery-fd', '3'], key)).toMatchObject({ code: 0 })
    for (const { record: bad, why, expect: wanted } of refused) {
      const ran = await check(bad, withPassword, secret)
      const code = /wrong-secret/.test(wanted) ? 3 : 1
      expect(ran, why).toMatchObject({ code, out: '' })
    }
  })
})

describe('show', () => {
  test('lists what there is, and no key', async () => {
    const ran = await fieldseal(['show', backup, ...withPassword])
    expect(ran).toMatchObject({ code: 0, err: '' })
    for (const line of [
      '  password',
      '  recovery',
      '  Personal\n',
      `    key 1, since ${madeAt.toISOString()}`,
      '2 documents\n',
    ])
      expect(ran.out).toContain(line)
    expect(ran.out).toContain(`${madeAt.toISOString()}  draft  https://notes.example  Shopping\n`)
    expect(ran.out).toMatch(/ {2}no site {2}␛\[31mA very long .{1,60}…\n/)
    expect(ran.out).not.toContain('milk')
    const all = ran.out + (await fieldseal(['show', backup, '--json', '--documents', ...withPassword])).out
    for (const { key } of vault.body.circles[0]?.keys ?? []) expect(all).not.toContain(key)
  })

  test('gives programs all of it, the texts where they are asked for', async () => {
    const show = async (...more: string[]) =>
      JSON.parse((await fieldseal(['show', backup, '--json', ...withPassword, ...more])).out)
    expect(await show()).toMatchObject({
      vault: { id: vault.vaultId, revision: vault.header.revision },
      backup: { state: 'whole', genuine: true },
      masterKey: { epoch: 1, since: null },
      slots: [{ kind: 'password', ...leastCost }, { kind: 'recovery' }],
      circles: [
        { id: 'personal', name: 'Personal', epochs: [{ epoch: 1, createdAt: madeAt.toISOString(), from: null }] },
      ],
      documents: [
        { kind: 'draft', outcome: 'open', title: 'Shopping', origin: 'https://notes.example' },
        { origin: null },
      ],
    })
    expect((await show()).documents[0]).not.toHaveProperty('text')
    expect((await show('--documents')).documents[0].text).toBe('Shopping\nmilk and bread')
  })

  test('prints the texts of documents, and goes on after a damaged one', async () => {
    const [head = '', , two = ''] = linesOf(whole)
    const lines = [head, `${JSON.stringify({ kind: 'draft', document: { id: 'nobody' } })}\n`, two]
    const ran = await fieldseal(['show', files.put('part.backup', lines.join('')), '--documents', ...withPassword])
    expect(ran).toMatchObject({ code: 1, out: `\u001b[31m${'A very long first line '.repeat(9)}\n` })
    expect(ran.err).toContain('the document nobody is damaged\n')
    expect(ran.err).toContain('is not whole')
  })

  test('opens documents that are still under a master key of before', async () => {
    const slots = async (held: { vaultId: string; masterKey: MasterKey }) => [
      await newPasswordSlot(held, password, leastCost, madeAt),
    ]
    const rotated = await rotateMasterKey(vault, slots, madeAt)
    const file = files.put('rotated.backup', backupOf(rotated, [...documents, await draft(rotated, 'newer')]))
    const ran = await fieldseal(['show', file, ...withPassword])
    expect(ran.code).toBe(0)
    expect(ran.out).toContain(`Master key: number 2, since ${madeAt.toISOString()}\n`)
    expect(ran.out).toMatch(/Shopping\n[\s\S]*newer\n/)
    const refused = await fieldseal(['show', file, '--recovery-fd', '4'], { four: recoveryKey })
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('no recovery key opens this vault') })
  })
})

describe('secrets', () => {
  test('a wrong password ends with 3 and opens nothing', async () => {
    for (const three of ['wrong\n', '', '\n']) {
      expect(await fieldseal(['show', backup, ...withPassword], { three })).toMatchObject({ code: 3, out: '' })
    }
  })

  test('a mistyped recovery key is told by its group, or what else is wrong with it', async () => {
    const groups = recoveryKey.split('-')
    const with4 = (group: string) => [...groups.slice(0, 3), group, ...groups.slice(4)].join('-')
    const last = groups[3]?.at(-1) === 'Q' ? 'P' : 'Q'
    const cases = [
      [with4(`${groups[3]?.slice(0, 3)}${last}`), 'typing error in group 4 '],
      [with4(`${groups[3]?.slice(0, 3)}B`), 'Group 4 of the recovery key has a character'],
      [groups.slice(1).join(' '), '32 letters and digits; these are 28'],
      [[...groups].reverse().join(''), 'somewhere in the recovery key'],
    ] as const
    for (const [four, words] of cases) {
      const ran = await fieldseal(['show', backup, '--recovery-fd', '4'], { four })
      expect(ran).toMatchObject({ code: 3, out: '', err: expect.stringContaining(words) })
    }
    const other = await fieldseal(['show', backup, '--recovery-fd', '4'], { four: vectors.vault.recoveryKey })
    expect(other).toMatchObject({ code: 3, err: expect.stringContaining('does not open the vault') })
  })

  test('without a terminal it says what to do', async () => {
    for (const args of [
      ['show', backup],
      ['show', backup, '--recovery'],
      ['recover', backup, '-o', join(files.path, 'no')],
    ]) {
      const ran = await fieldseal(args)
      expect(ran).toMatchObject({ code: 3, out: '', err: expect.stringContaining('--password-fd 3 3<FILE') })
    }
  })

  test('descriptors that are none, or give no text, are told', async () => {
    expect(await fieldseal(['show', backup, '--password-fd', 'x'])).toMatchObject({ code: 2 })
    expect(await fieldseal(['show', backup, '--password-fd', '77'])).toMatchObject({
      code: 4,
      err: expect.stringContaining('not open'),
    })
    const endless = { three: 'x'.repeat(70_000) }
    expect(await fieldseal(['show', backup, ...withPassword], endless)).toMatchObject({ code: 3 })
  })

  test('a password is taken whole, also with spaces and signs, and is never an argument', async () => {
    expect(await fieldseal(['show', backup, `--password=${password}`])).toMatchObject({ code: 2 })
    expect(await fieldseal(['show', backup, ...withPassword], { three: ` ${password}` })).toMatchObject({ code: 3 })
  })
})

describe('recover', () => {
  const recovering = (args: readonly string[], secrets = `${recoveryKey}\na new password\n`) =>
    fieldseal(['recover', '--recovery-fd', '3', '--password-fd', '3', ...args], { three: secrets })

  test('writes a whole and genuine backup that the new password opens, for its owner alone', async () => {
    const output = join(files.path, 'new.backup')
    const ran = await recovering([backup, '-o', output])
    expect(ran).toMatchObject({ code: 0, out: '' })
    expect(statSync(output).mode & 0o777).toBe(0o600)
    const made = readBackup(readFileSync(output, 'utf8'))
    expect(made.documents).toEqual(documents)
    expect(made.header.revision).toBeGreaterThan(vault.header.revision)
    const check = (three: string) => fieldseal(['check', ...withPassword, output], { three })
    expect(await check('a new password')).toMatchObject({
      code: 0,
      out: expect.stringContaining('every document open'),
    })
    expect(await check(password)).toMatchObject({ code: 3 })
    expect(await fieldseal(['show', '--recovery-fd', '4', output], { four: recoveryKey })).toMatchObject({ code: 0 })
    expect(readFileSync(backup, 'utf8')).toBe(whole)
  })

  test('asks for no less work at each guess than the password did that is replaced, nor than the floor', async () => {
    const cost = { memoryKiB: 65536, iterations: 12, parallelism: 4 }
    const strong = await withPasswordAtCost(vault, password, cost, madeAt)
    const more = { memoryKiB: 32768, iterations: 16, parallelism: 2 }
    const both = await withSlots(
      strong,
      [...strong.header.slots, await newPasswordSlot(vault, 'x', more, madeAt)],
      madeAt,
    )
    for (const [before, wanted] of [
      [both, cost],
      [vault, defaultCost],
    ] as const) {
      const output = join(files.path, 'strong.backup')
      const ran = await recovering([files.put('before.backup', backupOf(before)), '-fo', output])
      expect(ran).toMatchObject({ code: 0 })
      const { slots } = readBackup(readFileSync(output, 'utf8')).header
      expect(slots.filter(isPasswordSlot).map(({ kdf }) => kdf)).toEqual([expect.objectContaining(wanted)])
    }
  })

  test('takes the place of a file with --force only, and leaves nothing half written', async () => {
    const there = files.put('there', 'mine')
    const before = readdirSync(files.path)
    expect(await recovering([backup, '-o', there])).toMatchObject({ code: 4, err: expect.stringContaining('--force') })
    expect(await recovering([backup, '-o', join(files.path, 'no', 'folder')])).toMatchObject({ code: 4 })
    expect(await recovering([backup, '-fo', files.path])).toMatchObject({ code: 4 })
    expect(readFileSync(there, 'utf8')).toBe('mine')
    expect(readdirSync(files.path)).toEqual(before)
    expect(await recovering([backup, '--force', '-o', there])).toMatchObject({ code: 0 })
    expect(readBackup(readFileSync(there, 'utf8')).state).toBe('whole')
    expect(readdirSync(files.path)).toEqual(before)
  })

  test('replaces the very file it reads, when it is told to', async () => {
    const same = files.put('same.backup', whole)
    expect(await recovering([same, '-f', '-o', same])).toMatchObject({ code: 0 })
    expect(readBackup(readFileSync(same, 'utf8'))).toMatchObject({ state: 'whole', documents })
  })

  test('saves what can be saved of a damaged backup, and says so', async () => {
    const [head = '', , two = ''] = linesOf(whole)
    const output = join(files.path, 'saved.backup')
    const ran = await recovering([files.put('torn.backup', `${head}torn\n${two}`), '-o', output])
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/is not whole[\s\S]*not copied: 2\n/) })
    expect(readBackup(readFileSync(output, 'utf8'))).toMatchObject({ state: 'whole', documents: [documents[1]] })
  })

  test('writes nothing for a wrong key, a short password, or a backup that is none', async () => {
    const output = join(files.path, 'nothing')
    const args = [backup, '-o', output]
    expect(await recovering(args, `${vectors.vault.recoveryKey}\na new password\n`)).toMatchObject({ code: 3 })
    expect(await recovering(args, `${recoveryKey}\nshort\n`)).toMatchObject({
      code: 3,
      err: expect.stringContaining('at least 8'),
    })
    expect(await recovering([files.put('none', 'x'), '-o', output])).toMatchObject({ code: 1 })
    expect(existsSync(output)).toBe(false)
  })

  test('wants a file to write', async () => {
    for (const args of [[backup], [backup, '-o', '-'], [backup, '-o', ''], ['-o', 'x'], [backup, backup, '-o', 'x']])
      expect(await recovering(args)).toMatchObject({ code: 2 })
  })
})
