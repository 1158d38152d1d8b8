import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import {
  addToBackup,
  type BackupDocument,
  beginBackup,
  endBackup,
  isGenuine,
  readBackup,
} from '../../src/keyring/backup.ts'
import { newDocument, openDocument } from '../../src/keyring/documents.ts'
import { documentKeyring } from '../../src/keyring/rotation.ts'
import { createVault, type Vault } from '../../src/keyring/vault.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const damaged = expect.objectContaining({ code: 'damaged' })
const newer = expect.objectContaining({ code: 'newer-version' })
const texts = ['one', 'two 🗝', 'three\nlines']
let vault: Vault
let other: Vault
let documents: BackupDocument[]
let whole: string

function backupOf(of: Vault, held: readonly BackupDocument[]): string {
  const head = beginBackup(of.record, now)
  const lines = [head.line]
  let { chain } = head
  for (const each of held) {
    const added = addToBackup(chain, each)
    lines.push(added.line)
    chain = added.chain
  }
  return lines.join('') + endBackup(of, chain, held.length)
}

const newVault = () => createVault({ password: 'password', recovery: newRecoverySecret(), cost: leastCost }, now)

beforeAll(async () => {
  vault = await newVault()
  other = await newVault()
  documents = await Promise.all(
    texts.map(async (text) => ({
      kind: 'draft' as const,
      document: { ...(await newDocument(documentKeyring(vault), { text }, now)) },
    })),
  )
  whole = backupOf(vault, documents)
})

describe('a backup', () => {
  test('holds the record and every document, and is told to be whole without a secret', async () => {
    const found = readBackup(whole)
    expect(found).toMatchObject({ createdAt: now.toISOString(), record: vault.record, documents, damagedLines: [] })
    expect(found.state).toBe('whole')
    expect(isGenuine(vault, found)).toBe(true)
    const opened = await Promise.all(
      found.documents.map(({ document }) => openDocument(documentKeyring(vault), document)),
    )
    expect(opened.map(({ content }) => content.text)).toEqual(texts)
  })

  test('has nothing in it that can be read', () => {
    for (const text of texts) expect(whole).not.toContain(text)
  })

  test('without documents is whole too', () => {
    const empty = readBackup(backupOf(vault, []))
    expect(empty).toMatchObject({ documents: [], state: 'whole' })
    expect(isGenuine(vault, empty)).toBe(true)
  })

  test('is not genuine when another vault’s key, or none, ended it', () => {
    const [head] = whole.split('\n')
    const forged = readBackup(backupOf({ ...other, record: vault.record }, documents))
    expect(forged.state).toBe('whole')
    expect(head).toBeDefined()
    expect(isGenuine(vault, forged)).toBe(false)
  })

  test('is never whole when a character of it was changed, or its end was cut off', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom('A', '0', '"', '\n', ''), (at, put) => {
        const changed = whole.slice(0, at) + put + whole.slice(at + 1)
        fc.pre(changed !== whole)
        const found = reading(changed)
        expect(found === null || found.state !== 'whole' || !isGenuine(vault, found)).toBe(true)
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.nat(whole.length - 2), (length) => {
        const found = reading(whole.slice(0, length))
        expect(found?.state ?? 'cut-off').toBe('cut-off')
      }),
      { numRuns: 200 },
    )
  })

  test('that lost a line, or has one twice or in another place, is altered', () => {
    const [head = '', one = '', two = '', three = '', end = ''] = whole.split(/(?<=\n)/)
    for (const lines of [
      [head, one, two, end],
      [head, one, two, two, three, end],
      [head, two, one, three, end],
    ])
      expect(readBackup(lines.join('')).state).toBe('altered')
  })

  test('loses no more than the lines that are damaged', () => {
    const lines = whole.split(/(?<=\n)/)
    lines[2] = '{"kind":"draft","docu\n'
    expect(readBackup(lines.join(''))).toMatchObject({
      documents: [documents[0], documents[2]],
      damagedLines: [3],
      state: 'altered',
    })
    const cut = readBackup(whole.slice(0, lines.slice(0, 3).join('').length + 40))
    expect(cut).toMatchObject({ state: 'cut-off', end: null })
    expect(cut.documents[0]).toEqual(documents[0])
  })

  test.each([
    ['nothing', '', damaged],
    ['another file', 'Dear diary,\n', damaged],
    ['a head alone that is none', '{"format":"fieldseal/v1/backup"}\n', damaged],
    ['a later version', '{"format":"fieldseal/v2/backup"}\n', newer],
  ])('of %s is refused', (_what, text, failure) => {
    expect(() => readBackup(text)).toThrow(failure)
  })
})

function reading(text: string) {
  try {
    return readBackup(text)
  } catch {
    return null
  }
}
