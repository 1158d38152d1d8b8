import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import {
  type DocumentContent,
  needsRewrapping,
  newDocument,
  openDocument,
  openDocuments,
  reencryptDocument,
  reencryptDocuments,
  rewriteDocument,
} from '../../src/keyring/documents.ts'
import { masterKey } from '../crypto/bytes.ts'
import * as twin from '../crypto/twin.ts'
import { isWrappedNow } from './devices.ts'

const keyring = { masterKey: masterKey('5a'.repeat(32)), vaultId: 's7Nou6gx1h9RZVj65aV3jA' }
const now = new Date('2026-11-23T12:00:00.000Z')
const later = new Date('2026-11-23T12:00:01.000Z')
const content = { title: 'A letter', site: 'https://example.com', text: 'hello' }
const damaged = { code: 'damaged' }
const renewed = { ...keyring, masterKey: masterKey('5b'.repeat(32)), pastMasterKeys: [keyring.masterKey] }
const [fromFirst, fromRenewed, harmed] = ['under the first key', 'under the renewed key', 'harmed'] as const
/** Documents of each kind, in any order and number. */
const kinds = fc.array(fc.constantFrom(fromFirst, fromRenewed, harmed), { maxLength: 12 })

async function documentOf(kind: string, at: number) {
  const record = await newDocument(kind === fromRenewed ? renewed : keyring, { text: `${kind} ${at}` }, now)
  return kind === harmed ? { ...record, revision: 2 } : record
}
const anyContent = fc.dictionary(
  fc.string().filter((name) => !['revision', '__proto__'].includes(name)),
  fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value))),
)

describe('a document', () => {
  test('opens to what was sealed, in the twin too', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (any) => {
        const record = await newDocument(keyring, any as DocumentContent, now)
        const { id, keyCreatedAt, updatedAt } = record
        expect(await openDocument(keyring, record)).toEqual({
          id,
          revision: 1,
          keyCreatedAt,
          updatedAt,
          content: { ...any },
        })
        const inTwin = twin.openDocument(keyring.masterKey, keyring.vaultId, { ...record })
        expect(inTwin).toEqual({ ...any, revision: 1 })
      }),
    )
  })

  test('made by the twin opens here', async () => {
    const record = twin.makeDocument(keyring.masterKey, keyring.vaultId, { ...content, revision: 7 }, now.toISOString())
    expect(await openDocument(keyring, record)).toMatchObject({ revision: 7, content })
  })

  test('shows nothing of its content outside', async () => {
    const stored = JSON.stringify(await newDocument(keyring, content, now))
    for (const part of Object.values(content)) expect(stored).not.toContain(part)
  })

  test('saved again keeps its id and key, and counts up', async () => {
    let record = await newDocument(keyring, content, now)
    const { id, wrappedKey, keyCreatedAt } = record
    for (let revision = 2; revision < 9; revision++) {
      const before = record.content
      record = await rewriteDocument(keyring, record, { ...content, text: `${revision}` }, later)
      expect(record).toMatchObject({ id, wrappedKey, keyCreatedAt, revision, updatedAt: later.toISOString() })
      expect(record.content.slice(0, 16)).not.toBe(before.slice(0, 16))
      expect((await openDocument(keyring, record)).content).toEqual({ ...content, text: `${revision}` })
    }
  })

  test('takes the id that it is given', async () => {
    const record = await newDocument(keyring, content, now, 'draft-1')
    expect(record.id).toBe('draft-1')
    expect((await openDocument(keyring, record)).content).toEqual(content)
  })

  test('has an id and a key of its own', async () => {
    const [one, other] = [await newDocument(keyring, content, now), await newDocument(keyring, content, now)]
    expect(one.id).not.toBe(other.id)
    for (const part of ['id', 'wrappedKey', 'content'] as const)
      await expect(openDocument(keyring, { ...one, [part]: other[part] })).rejects.toMatchObject(damaged)
    await expect(
      openDocument(keyring, { ...one, wrappedKey: other.wrappedKey, content: other.content }),
    ).rejects.toMatchObject(damaged)
  })

  test('with its revision edited neither opens nor can be saved again', async () => {
    const record = await rewriteDocument(keyring, await newDocument(keyring, content, now), content, later)
    for (const revision of [1, 3]) {
      await expect(openDocument(keyring, { ...record, revision })).rejects.toMatchObject(damaged)
      await expect(rewriteDocument(keyring, { ...record, revision }, content, later)).rejects.toMatchObject(damaged)
    }
  })

  test('of another vault or under another master key is damaged', async () => {
    const record = await newDocument(keyring, content, now)
    for (const other of [
      { ...keyring, vaultId: 'A'.repeat(22) },
      { ...keyring, masterKey: masterKey('5b'.repeat(32)) },
    ])
      await expect(openDocument(other, record)).rejects.toMatchObject(damaged)
  })

  test('that is not well-formed is damaged', async () => {
    const record = await newDocument(keyring, content, now)
    const values = [
      null,
      1,
      'x',
      [],
      {},
      { ...record, id: 'a|b' },
      { ...record, id: 1 },
      { ...record, keyCreatedAt: '2026' },
    ]
    const more = [
      { ...record, keyCreatedAt: later.toISOString() },
      { ...record, wrappedKey: 'AAAA' },
      { ...record, content: '' },
    ]
    const rest = [
      { ...record, content: `${record.content}=` },
      { ...record, content: record.content.slice(0, -4) },
    ]
    for (const value of [...values, ...more, ...rest])
      await expect(openDocument(keyring, value)).rejects.toMatchObject(damaged)
  })

  test('whose content is not an object with a revision is damaged', async () => {
    const record = twin.makeDocument(keyring.masterKey, keyring.vaultId, { ...content }, now.toISOString())
    await expect(openDocument(keyring, { ...record, revision: 1 })).rejects.toMatchObject(damaged)
  })

  test('cannot have a revision of its own in its content', async () => {
    await expect(newDocument(keyring, { revision: 2 } as never, now)).rejects.toBeInstanceOf(TypeError)
  })
})

describe('many documents', () => {
  test('open as each alone would, in their order, and what is damaged fails alone', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, async (all) => {
        const records = [...(await Promise.all(all.map(documentOf))), null]
        const opened = await openDocuments(renewed, records)
        expect(opened).toEqual(await Promise.all(records.map((one) => openDocument(renewed, one).catch(itself))))
        expect(opened.map((one) => (one instanceof Failure ? harmed : one.content.text))).toEqual([
          ...all.map((kind, at) => (kind === harmed ? harmed : `${kind} ${at}`)),
          harmed,
        ])
      }),
      { numRuns: 20 },
    )
  })

  test('get keys of their own under the master key of today, dated as before, and what is damaged fails alone', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, async (all) => {
        const records = await Promise.all(all.map(documentOf))
        const rekeyed = await reencryptDocuments(renewed, records, later)
        const keys = new Set(rekeyed.map((one) => (one instanceof Failure ? null : one.wrappedKey)))
        expect(keys.size).toBe(all.filter((kind) => kind !== harmed).length + (all.includes(harmed) ? 1 : 0))
        for (const [at, record] of records.entries()) {
          const next = rekeyed[at]
          if (all[at] === harmed) expect(next).toMatchObject(damaged)
          else expect(next).toMatchObject({ id: record.id, revision: 2, updatedAt: record.updatedAt })
          if (next !== undefined && !(next instanceof Failure)) {
            expect(next.keyCreatedAt).toBe(later.toISOString())
            expect(isWrappedNow(renewed, next)).toBe(true)
            expect((await openDocument(renewed, next)).content).toEqual({ text: `${all[at]} ${at}` })
            await expect(reencryptDocument(keyring, next, later)).rejects.toMatchObject(damaged)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  test('are told apart by the master key that wraps them', async () => {
    const records = await Promise.all([fromFirst, fromRenewed, fromFirst].map(documentOf))
    const odd = { id: 'not a document' }
    expect(needsRewrapping(renewed, [...records, odd])).toEqual([records[0], records[2], odd])
    expect([...records, odd].map((one) => isWrappedNow(renewed, one))).toEqual([false, true, false, false])
  })
})

function itself(thrown: unknown) {
  return thrown
}
