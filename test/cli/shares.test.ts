// Recovering by shares of several people, as it is run.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatShare, makeShares, newSharesSecret } from '../../src/crypto/shares.ts'
import { readBackup } from '../../src/keyring/backup.ts'
import { withShares } from '../../src/keyring/shares.ts'
import { reopenVault, type Vault } from '../../src/keyring/vault.ts'
import { altered } from '../altered.ts'
import { backupOf, fieldseal, folder, madeAt, makeVault, withPassword } from './program.ts'

const files = folder()
let vault: Vault
let backup: string
let shares: string[]
let older: string[]

beforeAll(async () => {
  const [before, now] = [await makeShares(newSharesSecret(), 2, 3), await makeShares(newSharesSecret(), 2, 3)]
  vault = await withShares(await makeVault(), now, madeAt)
  backup = files.put('my.fieldseal', backupOf(vault))
  shares = now.map(formatShare)
  older = before.map(formatShare)
})

const show = (three: string) => fieldseal(['show', backup, '--shares-fd', '3'], { three })

describe('shares', () => {
  test('open the vault when there are enough, in any order and spelling', async () => {
    const [one = '', two = '', three = ''] = shares
    for (const some of [
      [one, two],
      [three, one],
      [two.toLowerCase().replaceAll('-', ' '), three, one],
    ])
      expect(await show(some.join('\n'))).toMatchObject({ code: 0, err: '' })
  })

  test('that are too few, of another set, or there twice, open nothing', async () => {
    const [one = '', two = ''] = shares
    expect(await show(`${one}\n\n${two}`)).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('2 shares are needed, and there is 1'),
    })
    expect(await show(`${one}\n${one}`)).toMatchObject({
      code: 3,
      err: expect.stringContaining('Share 1 is here already'),
    })
    expect(await show(older.join('\n'))).toMatchObject({
      code: 3,
      err: expect.stringContaining('not one of those that open this vault now'),
    })
  })

  test('that are mistyped are told by their group, and the others still open the vault', async () => {
    const [one = '', two = '', three = ''] = shares
    const ran = await show([one, altered(two, -1, 'QP'), three].join('\n'))
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining('typing error in group 11 of the share') })
  })

  test('by themselves ask for a check of all they open, and those of another vault fail it', async () => {
    const check = (three: string) => fieldseal(['check', backup, '--shares-fd', '3'], { three })
    expect(await check(shares.join('\n'))).toMatchObject({ code: 0, out: expect.stringContaining('genuine') })
    for (const some of [older.join('\n'), shares[0] ?? '', ''])
      expect(await check(some)).toMatchObject({ code: 3, out: '' })
  })

  test('of a vault that has none are refused', async () => {
    const none = files.put('none', backupOf(await makeVault()))
    expect(await fieldseal(['show', none, '--shares-fd', '3'], { three: shares.join('\n') })).toMatchObject({ code: 3 })
  })

  test('set a new password, and the extension is told to replace them', async () => {
    const output = join(files.path, 'new')
    const three = `${shares.slice(1).join('\n')}\n\na new password\n`
    const ran = await fieldseal(['recover', backup, '-o', output, '--shares-fd', '3', '--password-fd', '3'], { three })
    expect(ran).toMatchObject({ code: 0, out: '' })
    expect(await fieldseal(['show', output, ...withPassword], { three: 'a new password' })).toMatchObject({ code: 0 })
    const { body } = reopenVault(readBackup(readFileSync(output, 'utf8')).record, vault.masterKey)
    expect(body.settings).toMatchObject({ sharesUsed: true })
  })
})
