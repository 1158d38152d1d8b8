import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { encodeBase64url, randomBytes } from '../../../src/bytes.ts'
import { leastCost } from '../../../src/crypto/kdf.ts'
import { parseRecovery } from '../../../src/crypto/recovery.ts'
import { openText, sealText } from '../../../src/crypto/text.ts'
import { rotateCircleKey, rotateMasterKey } from '../../../src/custody/access/rotation.ts'
import { vaultState } from '../../../src/custody/access/vaultState.ts'
import { makeBackup } from '../../../src/custody/backups/backup.ts'
import { backupState, recordBackup, snoozeReminder } from '../../../src/custody/backups/reminders.ts'
import { inspectBackup, restoreBackup } from '../../../src/custody/backups/restore.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { addToBackup, beginBackup, endBackup, readBackup } from '../../../src/keyring/backup.ts'
import { allKeys, newestPersonal } from '../../../src/keyring/circles.ts'
import { type DocumentRecord, newDocument, openDocument, rewriteDocument } from '../../../src/keyring/documents.ts'
import { maxRevision, maxRevisionsAhead } from '../../../src/keyring/plausible.ts'
import { documentKeyring, rotateCircle } from '../../../src/keyring/rotation.ts'
import { newPasswordSlot } from '../../../src/keyring/slots.ts'
import { createVault, sealVault, type Vault, withBody, withSettings, withSlots } from '../../../src/keyring/vault.ts'
import type { Request } from '../../../src/messages/protocol.ts'
import { database } from '../../../src/storage/database.ts'
import { deleteDraft, readDraft, readDrafts, writeDraft } from '../../../src/storage/drafts.ts'
import { readPreferences } from '../../../src/storage/preferences.ts'
import { readStaged, stagePiece } from '../../../src/storage/staging.ts'
import { altered } from '../../altered.ts'
import { makeDocument } from '../../crypto/twin.ts'
import { ours } from '../backgrounds.ts'
import {
  another,
  anotherRecoveryKey,
  contentsOf,
  emptyDevice,
  password,
  place,
  placeUnlocked,
  quickVault,
  recoveryKey,
  renewal,
  rowOf,
  storedContents,
  storedRow,
} from '../device.ts'
import { textsOf } from '../textsOf.ts'
import { backupText, readAll } from '../transferring.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

type Secret = Request<'inspectBackup'>['secret']
const token = 'T'.repeat(22)
const code = (name: string) => expect.objectContaining({ code: name })
const now = new Date('2026-11-23T12:00:00.000Z')
const byPassword: Secret = { kind: 'password', password }
let made: Vault
let foreign: Vault

beforeAll(async () => {
  made = await quickVault()
  foreign = await createVault({ password: another, recovery: parseRecovery(anotherRecoveryKey), cost: leastCost }, now)
})
beforeEach(emptyDevice)

function randomKey(): string {
  return encodeBase64url(randomBytes(32))
}

async function draft(of: Vault, id: string, text: string): Promise<void> {
  await writeDraft(await newDocument(documentKeyring(of), { text }, now, id), true)
}

const backUp = (custodian: Custodian) => backupText(makeBackup(custodian))

async function unlocked(vault: Vault): Promise<Custodian> {
  await placeUnlocked(vault)
  return new Custodian()
}

/** Hands a file over in pieces of `size` characters. */
async function stage(text: string, size = 1_000): Promise<{ token: string; pieces: number }> {
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
  for (const [nth, piece] of pieces.entries()) await stagePiece(token, nth, piece)
  return { token, pieces: pieces.length }
}

async function textsHere(vault: Vault): Promise<unknown[]> {
  const rows = await readDrafts(false)
  const opened = await Promise.all(rows.map((row) => openDocument(documentKeyring(vault), row)))
  return opened.map(({ content }) => content.text)
}

describe('a backup', () => {
  test('holds the vault and every document, also of more than one part, and is whole', async () => {
    const custodian = await unlocked(made)
    for (let n = 0; n < 205; n++) await draft(made, `draft-${String(n).padStart(3, '0')}`, `text ${n}`)
    const found = readBackup(await backUp(custodian))
    expect(found.state).toBe('whole')
    expect(found.record).toEqual(made.record)
    expect(new Set(found.documents.map(({ document }) => document.id)).size).toBe(205)
  })

  test('of exactly one part full of documents has them once', async () => {
    const custodian = await unlocked(made)
    for (let n = 0; n < 100; n++) await draft(made, `draft-${n}`, `text ${n}`)
    expect(readBackup(await backUp(custodian)).documents.length).toBe(100)
  })

  test('has its documents in chunks that a message holds, however long they are', async () => {
    const custodian = await unlocked(made)
    for (let n = 0; n < 3; n++) await draft(made, `draft-${n}`, `${n}`.repeat(3_000_000))
    const { chunks, cursors } = await readAll(makeBackup(custodian), { only: null })
    expect(cursors.map(({ documents }) => documents)).toEqual([0, 1, 2, 3, 3])
    expect(readBackup(chunks.map(({ text }) => text).join('')).state).toBe('whole')
  })

  test('goes on from every cursor with the very lines that would have come', async () => {
    const custodian = await unlocked(made)
    for (let n = 0; n < 205; n++) await draft(made, `draft-${n}`, `text ${n}`)
    const { chunks, cursors } = await readAll(makeBackup(custodian), { only: null })
    for (const [index, cursor] of cursors.slice(0, -2).entries())
      expect(await makeBackup(new Custodian()).read({ only: null }, cursor, ours)).toEqual({
        chunk: chunks[index + 1],
        cursor: cursors[index + 1],
      })
    expect(chunks.length).toBeGreaterThan(4)
  })

  test('counts as made once its end is taken, and not before; one of some entries does not', async () => {
    const custodian = await unlocked(made)
    const backup = makeBackup(custodian)
    const madeAt = async () => backupState(made, await readPreferences(), new Date()).at
    await backupText(backup, [])
    expect(await madeAt()).toBeNull()
    const { cursors } = await readAll(backup, { only: [] })
    const end = cursors.at(-1) ?? null
    await backup.read({ only: null }, cursors.at(-2) ?? null, ours)
    expect(await madeAt()).toBeNull()
    await backup.read({ only: null }, end, ours)
    expect(await madeAt()).toEqual(expect.any(Number))
  })

  test('is not made while locked', async () => {
    await place(rowOf(made), null)
    const { read } = makeBackup(new Custodian())
    const cursor = { chain: 'A'.repeat(43), documents: 0, after: null }
    for (const from of [null, ...(['documents', 'end', 'nothing'] as const).map((next) => ({ ...cursor, next }))])
      await expect(read({ only: null }, from, ours)).rejects.toThrow(code('locked'))
  })
})

describe('restored where there is no vault', () => {
  test.each([['password', byPassword], ['recovery key', { kind: 'recovery', recoveryKey }] satisfies [string, Secret]])(
    'by its %s it is there as it was, unlocked, with its documents',
    async (_what, secret) => {
      const custodian = await unlocked(made)
      await draft(made, 'one', 'half a thought')
      const sealed = await textsOf(custodian).seal('kept', null)
      const text = await backUp(custodian)
      await emptyDevice()
      const staged = await stage(text)
      const fresh = new Custodian()
      expect(await inspectBackup(fresh, { ...staged, secret: null })).toMatchObject({ kind: 'closed', state: 'whole' })
      expect(await inspectBackup(fresh, { ...staged, secret })).toMatchObject({
        kind: 'opened',
        whose: 'nobodys',
        genuine: true,
        brings: { documents: 1, changesVault: true },
      })
      expect((await vaultState(fresh)).vault).toBe('none')
      await restoreBackup(fresh, { ...staged, secret })
      expect(await storedContents(made)).toEqual(contentsOf(made))
      expect((await textsOf(fresh).open(sealed)).text).toBe('kept')
      expect(await textsHere(made)).toEqual(['half a thought'])
      await expect(readStaged(token, staged.pieces)).rejects.toThrow(code('gone'))
      await fresh.lock()
      await fresh.unlock(password)
    },
  )

  test('a wrong secret, or none, restores nothing', async () => {
    const text = await backUp(await unlocked(made))
    await emptyDevice()
    const staged = await stage(text)
    const fresh = new Custodian()
    for (const secret of [null, { kind: 'password', password: another } as const]) {
      await expect(restoreBackup(fresh, { ...staged, secret })).rejects.toThrow(code('wrong-secret'))
      expect((await vaultState(fresh)).vault).toBe('none')
    }
  })

  test('where a later state of it was seen, it is made the newest, and not taken for a rollback', async () => {
    const text = await backUp(await unlocked(made))
    await emptyDevice()
    await place(rowOf(made), { revision: 9, cost: null })
    await (await database()).delete('vault', 'vault')
    const staged = await stage(text)
    const fresh = new Custodian()
    await restoreBackup(fresh, { ...staged, secret: byPassword })
    expect((await storedRow()).revision).toBe(11)
    await fresh.lock()
    await fresh.unlock(password)
  })
})

describe('restored into the vault that it is of', () => {
  test('an older one adds what is missing and takes nothing back', async () => {
    const custodian = await unlocked(made)
    await draft(made, 'gone', 'was thrown away')
    await draft(made, 'kept', 'before')
    const text = await backUp(custodian)
    await rotateCircleKey(custodian)
    const sealed = await textsOf(custodian).seal('under the new key', null)
    const row = await readDraft('kept')
    await writeDraft(await rewriteDocument(documentKeyring(made), row, { text: 'after' }, now), true)
    await deleteDraft('gone')
    const staged = await stage(text)
    expect(await inspectBackup(custodian, { ...staged, secret: null })).toMatchObject({
      whose: 'same',
      genuine: true,
      brings: { keys: 0, documents: 1, age: 'older' },
    })
    await restoreBackup(custodian, { ...staged, secret: null })
    expect((await textsHere(made)).sort()).toEqual(['after', 'was thrown away'])
    expect((await textsOf(custodian).open(sealed)).text).toBe('under the new key')
    const again = await stage(text)
    expect(await inspectBackup(custodian, { ...again, secret: null })).toMatchObject({
      brings: { keys: 0, documents: 0, changesVault: false },
    })
  })

  test('while that is locked nothing is restored', async () => {
    const custodian = await unlocked(made)
    const staged = await stage(await backUp(custodian))
    await custodian.lock()
    await expect(inspectBackup(custodian, { ...staged, secret: byPassword })).rejects.toThrow(code('locked'))
    await expect(restoreBackup(custodian, { ...staged, secret: byPassword })).rejects.toThrow(code('locked'))
    expect(await storedRow()).toEqual(rowOf(made))
  })
})

describe('a file made with a stolen, earlier master key,', () => {
  const later = new Date(Date.now() + 1_000_000_000)
  const theirs = {
    id: 'theirs',
    name: 'Theirs',
    keys: [{ epoch: 1, key: randomKey(), createdAt: later.toISOString() }],
  }

  /** Of the vault of before, what the thief makes of it, as a file. */
  async function forged(make: (before: Vault) => Vault, documents: readonly DocumentRecord[] = []) {
    const vault = make(made)
    let { line: text, chain } = beginBackup(vault.record, later)
    for (const document of documents) {
      const added = addToBackup(chain, { kind: 'draft', document: { ...document } })
      text += added.line
      chain = added.chain
    }
    return { vault, staged: await stage(text + endBackup(vault, chain, documents.length)) }
  }

  async function renewed(): Promise<{ custodian: Custodian; mine: Vault }> {
    const custodian = await unlocked(made)
    await custodian.change((vault) => withSettings(vault, { autoLock: { minutes: 5 }, name: 'Mine' }, now))
    const gone = { id: 'gone', name: 'Deleted', keys: [{ epoch: 1, key: randomKey(), createdAt: now.toISOString() }] }
    await custodian.change((vault) => withBody(vault, { ...vault.body, circles: [...vault.body.circles, gone] }, now))
    await custodian.change((vault) => {
      const circles = vault.body.circles.filter(({ id }) => id !== 'gone')
      return withBody(vault, { ...vault.body, circles, contacts: [{ id: 'c', name: 'Ada' }] }, now)
    })
    await rotateMasterKey(custodian, renewal())
    return { custodian, mine: await custodian.vault() }
  }

  const thefts: Record<string, (before: Vault) => Vault> = {
    'with settings of its own': (before) =>
      withSettings(before, { autoLock: { minutes: null }, name: 'Theirs', passkeyNames: { a: 'x' }, odd: 1 }, later),
    'with contacts, a cue and names of its own': (before) => {
      const circles = before.body.circles.map((circle) => ({ ...circle, name: 'Renamed' }))
      const cue = { words: ['zoo', 'zoo'], colour: 'red' } as const
      return withBody(before, { ...before.body, circles, cue, contacts: [{ id: 'c', name: 'Eve' }], more: 1 }, later)
    },
    'with slots of its own': (before) => withSlots(before, [{ id: 'eve', kind: 'later' }], later),
    'that says it is far ahead': (before) => {
      const body = { ...before.body, masterEpoch: 99, masterRotatedAt: later.toISOString() }
      return withSettings(withBody(before, body, later), { name: 'Theirs' }, later)
    },
    'with stamps that none of ours is later than': (before) =>
      withBody(
        before,
        { ...before.body, stamps: { 'setting:name': 2 ** 53 - 2, 'circle:personal': 2 ** 53 - 2 } },
        now,
      ),
    'that brings a deleted circle back': (before) =>
      withBody(before, { ...before.body, circles: [...before.body.circles, { ...theirs, id: 'gone' }] }, later),
  }
  test.each(Object.keys(thefts))('%s, overrules nothing here', async (what) => {
    const { custodian, mine } = await renewed()
    const { staged } = await forged(thefts[what] as (before: Vault) => Vault)
    await restoreBackup(custodian, { ...staged, secret: null })
    const after = await custodian.vault()
    const { circles, retired: _retired, ...rest } = after.body
    const { circles: before, retired: _before, ...kept } = mine.body
    expect(rest).toEqual(kept)
    expect(circles.map(({ keys: _keys, ...circle }) => circle)).toEqual(
      before.map(({ keys: _keys, ...circle }) => circle),
    )
    expect(newestPersonal(after.body)).toEqual(newestPersonal(mine.body))
    expect([after.masterKey, after.header.slots]).toEqual([mine.masterKey, mine.header.slots])
    expect(new Set(allKeys(after.body).map(encodeBase64url))).toEqual(
      new Set([...allKeys(mine.body).map(encodeBase64url), ...(what.includes('deleted') ? [theirs.keys[0]?.key] : [])]),
    )
  })

  test('brings its keys for opening and its circles, and nothing is sealed under them', async () => {
    const { custodian, mine } = await renewed()
    const { vault, staged } = await forged((before) => {
      const body = { ...before.body, circles: [...before.body.circles, theirs] }
      return withBody(before, rotateCircle(body, 'personal', later), later)
    })
    const stolen = await sealText(newestPersonal(vault.body), { text: 'by the thief', minutes: 1, origin: null })
    await restoreBackup(custodian, { ...staged, secret: null })
    expect((await textsOf(custodian).open(stolen)).text).toBe('by the thief')
    const sealed = await textsOf(custodian).seal('not for the thief', null)
    expect((await textsOf(custodian).open(sealed)).text).toBe('not for the thief')
    await expect(openText(allKeys(vault.body), sealed)).rejects.toThrow(code('not-for-us'))
    const after = await custodian.vault()
    expect(after.body.circles.map(({ id, name }) => [id, name])).toEqual([['personal', 'Personal']])
    expect(after.body.retired?.theirs).toMatchObject([{ opens: true, from: 'before-rotation' }])
    expect(allKeys(after.body).map(encodeBase64url)).toEqual(
      expect.arrayContaining(allKeys(mine.body).map(encodeBase64url)),
    )
    await restoreBackup(custodian, { ...(await forged(() => vault)).staged, secret: null })
    expect((await custodian.vault()).record).toEqual(after.record)
  })

  test('brings the documents that are missing here, and none in the place of one that is there', async () => {
    const { custodian, mine } = await renewed()
    const ours = await newDocument(documentKeyring(mine), { text: 'ours' }, now, 'a')
    await writeDraft(ours, true)
    const written = async (id: string) => {
      const one = await newDocument(documentKeyring(made), { text: `theirs ${id}` }, later, id)
      return rewriteDocument(documentKeyring(made), one, { text: `theirs ${id}` }, later)
    }
    const { staged } = await forged((before) => before, [await written('a'), await written('b')])
    expect(await inspectBackup(custodian, { ...staged, secret: null })).toMatchObject({ brings: { documents: 1 } })
    await restoreBackup(custodian, { ...staged, secret: null })
    expect(await textsHere(await custodian.vault())).toEqual(['ours', 'theirs b'])
  })

  test('opened by its password where its master key is not known here, leaves that key to open its documents', async () => {
    const custodian = await unlocked(made)
    await rotateMasterKey(custodian, renewal())
    const elsewhere = { ...made, masterKey: randomBytes(32) as Vault['masterKey'] }
    const slots = [await newPasswordSlot(elsewhere, password, leastCost, now)]
    const strange = withBody({ ...elsewhere, header: { ...made.header, slots } }, made.body, now)
    const document = await newDocument(documentKeyring(strange), { text: 'kept' }, now, 'k')
    const { staged } = await forged(() => strange, [document])
    await restoreBackup(custodian, { ...staged, secret: byPassword })
    expect(await textsHere(await custodian.vault())).toEqual(['kept'])
  })
})

test('a backup of another vault adds its keys and its documents, under the keys of the vault here', async () => {
  const theirs = await unlocked(foreign)
  await draft(foreign, 'theirs', 'from elsewhere')
  const sealed = await textsOf(theirs).seal('sealed elsewhere', null)
  const text = await backUp(theirs)
  await emptyDevice()
  const custodian = await unlocked(made)
  const mine = await textsOf(custodian).seal('sealed here', null)
  const staged = await stage(text)
  expect(await inspectBackup(custodian, { ...staged, secret: null })).toMatchObject({ kind: 'closed' })
  const secret: Secret = { kind: 'password', password: another }
  expect(await inspectBackup(custodian, { ...staged, secret })).toMatchObject({
    whose: 'foreign',
    brings: { keys: 1, documents: 1, changesVault: true },
  })
  await restoreBackup(custodian, { ...staged, secret })
  expect((await textsOf(custodian).open(sealed)).text).toBe('sealed elsewhere')
  expect((await textsOf(custodian).open(mine)).text).toBe('sealed here')
  expect(await textsHere(made)).toEqual(['from elsewhere'])
  // What is sealed here goes on being sealed under keys that the other vault does not have.
  const after = await textsOf(custodian).seal('after', null)
  await emptyDevice()
  await expect(textsOf(await unlocked(foreign)).open(after)).rejects.toThrow(code('not-for-us'))
})

test('what in a file is damaged is left out, and the rest restored', async () => {
  const custodian = await unlocked(made)
  await draft(made, 'a', 'first')
  await draft(made, 'b', 'second')
  await draft(made, 'c', 'third')
  const lines = (await backUp(custodian)).split(/(?<=\n)/)
  lines[1] = (lines[1] ?? '').replace(/"content":"....../, '"content":"AAAAAA')
  lines[2] = 'not JSON\n'
  await emptyDevice()
  const staged = await stage(lines.join(''))
  const fresh = new Custodian()
  expect(await inspectBackup(fresh, { ...staged, secret: byPassword })).toMatchObject({
    state: 'altered',
    genuine: false,
    damagedLines: 1,
    unreadable: 1,
    brings: { documents: 1 },
  })
  await restoreBackup(fresh, { ...staged, secret: byPassword })
  expect(await textsHere(made)).toEqual(['third'])
})

describe('a number that no honest vault gets to', () => {
  const ahead = (by: number) => {
    const header = { ...made.header, revision: made.header.revision + by }
    return sealVault(made.masterKey, header, { ...made.body, settings: { name: 'Theirs' } })
  }

  test('in a file of this vault: the last revision is taken in, the next is refused, and nothing is changed', async () => {
    const custodian = await unlocked(made)
    const absurd = ahead(maxRevisionsAhead + 1)
    const document = await newDocument(documentKeyring(made), { text: 'came along' }, now, 'a')
    const refused = { ...(await stage(fileOf(absurd, [document]))), secret: null }
    await expect(inspectBackup(custodian, refused)).rejects.toThrow(code('implausible'))
    await expect(restoreBackup(custodian, refused)).rejects.toThrow(code('implausible'))
    expect((await custodian.vault()).record).toEqual(made.record)
    expect(await textsHere(made)).toEqual([])

    const taken = { ...(await stage(fileOf(ahead(maxRevisionsAhead), [document]))), secret: null }
    expect(await inspectBackup(custodian, taken)).toMatchObject({
      genuine: true,
      brings: { age: 'newer', documents: 1 },
    })
    await restoreBackup(custodian, taken)
    expect((await custodian.vault()).body.settings?.name).toBe('Theirs')
    expect(await textsHere(made)).toEqual(['came along'])
  })

  test.each([
    ['where none of it is here', false],
    ['where an earlier one of it is here', true],
  ])('in a document, %s: the last revision is taken in, the next is left out and counted', async (_what, isHere) => {
    const custodian = await unlocked(made)
    if (isHere) for (const id of ['last', 'next']) await draft(made, id, 'ours')
    const documents = [documentAt('last', maxRevision), documentAt('next', maxRevision + 1)]
    const staged = { ...(await stage(fileOf(made, documents))), secret: null }
    expect(await inspectBackup(custodian, staged)).toMatchObject({ unreadable: 1, brings: { documents: 1 } })
    await restoreBackup(custodian, staged)
    expect((await textsHere(made)).sort()).toEqual(isHere ? ['ours', 'theirs last'] : ['theirs last'])
    // There is a next revision for what was taken in.
    const row = await readDraft('last')
    await writeDraft(await rewriteDocument(documentKeyring(made), row, { text: 'changed' }, now), true)
    expect(await textsHere(made)).toContain('changed')
  })

  function documentAt(id: string, revision: number): DocumentRecord {
    const content = { text: `theirs ${id}`, revision }
    return makeDocument(made.masterKey, made.vaultId, content, now.toISOString(), id) as unknown as DocumentRecord
  }

  function fileOf(vault: Vault, documents: readonly DocumentRecord[]): string {
    let { line: text, chain } = beginBackup(vault.record, now)
    for (const document of documents) {
      const added = addToBackup(chain, { kind: 'draft', document: { ...document } })
      text += added.line
      chain = added.chain
    }
    return text + endBackup(vault, chain, documents.length)
  }
})

test('what is staged under another name, or not whole, is gone', async () => {
  const staged = await stage('some text that is no backup', 10)
  expect(await readStaged(token, staged.pieces)).toBe('some text that is no backup')
  await expect(readStaged(token, staged.pieces - 1)).rejects.toThrow(code('gone'))
  await expect(readStaged('U'.repeat(22), staged.pieces)).rejects.toThrow(code('gone'))
  await stagePiece('U'.repeat(22), 0, 'another')
  await expect(readStaged(token, staged.pieces)).rejects.toThrow(code('gone'))
  expect(await readStaged('U'.repeat(22), 1)).toBe('another')
})

describe('a person is reminded', () => {
  const days = (count: number) => new Date(Date.parse(foreign.header.updatedAt) + count * 86_400_000)

  test('after a week without one, and not for a month when they say later', async () => {
    expect(backupState(foreign, await readPreferences(), days(6))).toEqual({ at: null, due: false })
    expect(backupState(foreign, await readPreferences(), days(8))).toEqual({ at: null, due: true })
    await snoozeReminder(days(8))
    expect(backupState(foreign, await readPreferences(), days(37)).due).toBe(false)
    expect(backupState(foreign, await readPreferences(), days(39)).due).toBe(true)
  })

  test('also when the clock was far ahead as they said later', async () => {
    await snoozeReminder(days(4_000))
    expect(backupState(foreign, await readPreferences(), days(8)).due).toBe(true)
  })

  test('as if there were none, where the last one is dated more than a day ahead', async () => {
    const at = days(30).getTime()
    await recordBackup(days(30))
    expect(backupState(foreign, await readPreferences(), days(29))).toEqual({ at, due: false })
    const ahead = new Date(days(29).getTime() - 1)
    expect(backupState(foreign, await readPreferences(), ahead)).toEqual({ at: null, due: true })
  })

  test('to the last moment of “later”, and a day of a wrong clock', async () => {
    await snoozeReminder(days(8))
    expect(backupState(foreign, await readPreferences(), days(7)).due).toBe(false)
    await snoozeReminder(days(10))
    expect(backupState(foreign, await readPreferences(), days(9)).due).toBe(false)
    expect(backupState(foreign, await readPreferences(), new Date(days(9).getTime() - 1)).due).toBe(true)
  })

  test('of a vault that is dated more than a day ahead', async () => {
    expect(backupState(foreign, await readPreferences(), days(-1)).due).toBe(false)
    const ahead = new Date(days(-1).getTime() - 1)
    expect(backupState(foreign, await readPreferences(), ahead)).toEqual({ at: null, due: true })
  })

  test('three months after the last one', async () => {
    await backUp(await unlocked(made))
    const { at } = backupState(made, await readPreferences(), new Date())
    if (at === null) throw new Error('expected a backup to be noted')
    const daysOn = (count: number) => new Date(at + count * 86_400_000)
    expect(backupState(made, await readPreferences(), daysOn(89)).due).toBe(false)
    expect(backupState(made, await readPreferences(), daysOn(91)).due).toBe(true)
  })
})

describe('over a record on this device that', () => {
  const harmed = async (harm: (vault: Vault) => Partial<ReturnType<typeof rowOf>>) => {
    const text = await backUp(await unlocked(made))
    await emptyDevice()
    await place({ ...rowOf(made), ...harm(made) }, null)
    return { text, staged: await stage(text) }
  }
  const withOtherBody = (vault: Vault) => ({ body: altered(vault.record.body) })

  test('is damaged a backup is restored once a person has tried to unlock it, and the record is put aside', async () => {
    const { staged } = await harmed(withOtherBody)
    const custodian = new Custodian()
    expect((await vaultState(custodian)).unreadable).toBe(false)
    await expect(restoreBackup(custodian, { ...staged, secret: byPassword })).rejects.toEqual(code('locked'))
    await expect(custodian.unlock(password)).rejects.toEqual(code('damaged'))
    expect((await vaultState(custodian)).unreadable).toBe(true)
    const before = await storedRow()
    expect(await inspectBackup(custodian, { ...staged, secret: byPassword })).toMatchObject({ whose: 'nobodys' })
    await restoreBackup(custodian, { ...staged, secret: byPassword })
    expect((await custodian.vault()).masterKey).toEqual(made.masterKey)
    expect((await vaultState(custodian)).unreadable).toBe(false)
    expect(await (await database()).get('vault', 'unreadable')).toEqual(before)
  })

  test('opens, nothing is restored while it is locked, whatever was tried on it', async () => {
    const { staged } = await harmed(() => ({}))
    const custodian = new Custodian()
    await expect(custodian.unlock(another)).rejects.toEqual(code('wrong-secret'))
    await expect(restoreBackup(custodian, { ...staged, secret: byPassword })).rejects.toEqual(code('locked'))
    expect((await storedRow()).body).toBe(made.record.body)
  })

  test('was damaged and is another by now, nothing is restored', async () => {
    const { staged } = await harmed(withOtherBody)
    const custodian = new Custodian()
    await expect(custodian.unlock(password)).rejects.toEqual(code('damaged'))
    await place(rowOf(made), null)
    await expect(restoreBackup(custodian, { ...staged, secret: byPassword })).rejects.toEqual(code('locked'))
  })
})
