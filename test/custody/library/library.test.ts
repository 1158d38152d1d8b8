// The library: what is kept of what is sealed, what its tab is answered, and what becomes of documents that somebody has been at.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import type { Vault } from '../../../src/keyring/vault.ts'
import type { Request } from '../../../src/messages/protocol.ts'
import { type DocumentRow, database } from '../../../src/storage/database.ts'
import { altered } from '../../altered.ts'
import { content, draftId, newDesk, ours, site } from '../backgrounds.ts'
import { dump, emptyDevice, password, placeUnlocked, quickVault, rowsOf, spellings } from '../device.ts'
import { fullDisk } from '../faults.ts'
import { backupText, readAll, storeAll } from '../transferring.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const library = { ...ours, peer: 'library' as const }
const onPage = { ...content, tabUrl: `${site}/today#top` }
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const deed = 'D'.repeat(22)

let made: Vault
let at: ReturnType<typeof newDesk>
beforeAll(async () => {
  made = await quickVault(defaultCost)
})
beforeEach(async () => {
  await emptyDevice()
  await placeUnlocked(made)
  at = newDesk()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const list = (more: Partial<Request<'listEntries'>> = {}) =>
  at.answers.listEntries({ of: 'texts', search: '', order: 'time', offset: 0, count: 50, ...more }, library)
const titles = async (more: Partial<Request<'listEntries'>> = {}) =>
  (await list(more)).entries.map((entry) => (entry.kind === 'damaged' ? '(damaged)' : entry.title.text))
const open = (id: string) => at.answers.openEntry({ id }, library)
const note = async (nth: number, text: string) => {
  const id = String(nth).padStart(22, 'n')
  await at.answers.createEntry({ id, text }, library)
  return id
}
const theOnly = async () => {
  const { entries } = await list()
  expect(entries.length).toBe(1)
  return entries[0]?.id ?? ''
}
const found = async (search: string) => {
  const { reading, entries } = await list({ search })
  return reading === null ? entries.map(({ id }) => id) : null
}
const rows = async () =>
  (await database()).getAll('documents') as Promise<(DocumentRow & { content: string; keyCreatedAt: string })[]>
const put = async (row: object) => (await database()).put('documents', row as DocumentRow)
/** The clock is set by the test, and the vault does not lock by it. */
async function timeIsOurs(): Promise<void> {
  await at.answers.setAutoLock({ choice: { minutes: null, onScreenLock: false, onLastWindow: false } }, library)
  vi.useFakeTimers({ toFake: ['Date'] })
}
async function whenRead(): Promise<void> {
  await vi.waitFor(async () => expect((await list({ search: '', order: 'site' })).reading).toBeNull(), 5_000)
}

describe('what is sealed', () => {
  test('in a field is kept, with where it stands', async () => {
    const { sealed } = await at.answers.seal({ text: 'A letter\nto keep', replaces: null }, onPage)
    const { entries } = await list()
    expect(entries).toEqual([
      {
        kind: 'text',
        id: expect.any(String),
        title: { text: 'A letter', found: null },
        excerpt: { text: ' to keep', found: null },
        host: 'notes.example',
        changedAt: expect.any(Number),
        letters: 16,
      },
    ])
    expect(await open(await theOnly())).toMatchObject({
      text: 'A letter\nto keep',
      sealed,
      behind: false,
      url: `${site}/today#top`,
      versions: [],
    })
  })

  test('in the composer is kept, whether or not it gets to where it was to go', async () => {
    const windowRequest = await at.composing()
    at.world.placed = null
    await at.answers.sealComposedText({ windowRequest, draft: draftId('d'), text: 'not placed' }, ours)
    expect(await titles()).toEqual(['not placed'])
  })

  test('lies on the disk sealed, and says neither text nor site nor address', async () => {
    const { sealed } = await at.answers.seal({ text: 'a planted text', replaces: null }, onPage)
    const lying = await dump()
    for (const secret of ['a planted text', 'notes.example', 'today#top', sealed])
      for (const spelling of spellings(secret)) expect(lying).not.toContain(spelling)
  })

  test('from a private window is not kept, nor where that was switched off', async () => {
    await at.answers.seal({ text: 'private', replaces: null }, { ...onPage, inPrivate: true })
    await at.answers.setLibrarySettings({ keepTexts: false, rekeyAfterDays: 365 }, library)
    await at.answers.seal({ text: 'not kept', replaces: null }, onPage)
    expect(await list()).toMatchObject({ total: 0, entries: [] })
    expect(await at.answers.getLibraryState({}, library)).toMatchObject({ documents: 0, keepTexts: false })
  })

  test('in the place of another becomes the new text of the same entry, and the other a version of it', async () => {
    const first = await at.answers.seal({ text: 'as it was', replaces: null }, onPage)
    const windowRequest = await at.composing(first.sealed)
    await at.answers.sealComposedText({ windowRequest, draft: draftId('d'), text: 'as it is' }, ours)
    const entry = await open(await theOnly())
    expect(entry).toMatchObject({ text: 'as it is', behind: false })
    expect(entry.versions.length).toBe(1)
    const version = await at.answers.openVersion({ id: entry.id, version: entry.versions[0]?.id ?? '' }, library)
    expect(version.text).toBe('as it was')
  })

  test('again after it was put back into its field is the same entry, and another text in that frame is not', async () => {
    const { sealed } = await at.answers.seal({ text: 'put back', replaces: null }, onPage)
    await at.answers.seal({ text: 'another text', replaces: null }, onPage)
    await at.answers.seal({ text: 'put back, and longer', replaces: sealed }, onPage)
    expect((await titles()).toSorted()).toEqual(['another text', 'put back, and longer'])
  })

  test('on a site replaces nothing that was sealed on another, whatever its page says', async () => {
    const { sealed } = await at.answers.seal({ text: 'theirs', replaces: null }, onPage)
    await at.answers.seal({ text: 'overwritten', replaces: sealed }, { ...onPage, origin: 'https://evil.example' })
    expect((await titles()).toSorted()).toEqual(['overwritten', 'theirs'])
    expect((await open((await list()).entries.at(-1)?.id ?? '')).versions).toEqual([])
  })

  test('on a site replaces nothing that was written in the library or sealed on no site, whatever its page says', async () => {
    const written = await note(1, 'written in the library')
    const { sealed } = await at.answers.sealEntry({ id: written }, library)
    await at.answers.seal({ text: 'a page says so', replaces: sealed }, onPage)
    // The page puts the sealed text into a field of its own, and the person writes there.
    const windowRequest = await at.composing(sealed)
    await at.answers.sealComposedText({ windowRequest, draft: draftId('d'), text: 'written in its field' }, ours)
    expect((await titles()).toSorted()).toEqual(['a page says so', 'written in its field', 'written in the library'])
    expect(await open(written)).toMatchObject({ text: 'written in the library', host: null, sealed, versions: [] })
  })

  test('twice within a moment, as by a question that was asked again, is one entry', async () => {
    await at.answers.seal({ text: 'once', replaces: null }, onPage)
    await at.answers.seal({ text: 'once', replaces: null }, onPage)
    expect(await titles()).toEqual(['once'])
  })

  test('on a full disk is sealed all the same, and it is told that it was not kept, until one is', async () => {
    const disk = fullDisk()
    const { sealed } = await at.answers.seal({ text: 'no room', replaces: null }, onPage)
    expect(sealed).toMatch(/^sealed1/)
    expect(await at.answers.getLibraryState({}, library)).toMatchObject({ unkept: { why: 'full' }, documents: 0 })
    disk.mend()
    await at.answers.seal({ text: 'room again', replaces: null }, onPage)
    expect(await at.answers.getLibraryState({}, library)).toMatchObject({ unkept: null, documents: 1 })
  })
})

describe('the list', () => {
  test('is by time, the newest first, window by window', async () => {
    await timeIsOurs()
    for (let nth = 0; nth < 12; nth++) {
      vi.setSystemTime(Date.UTC(2026, 0, 1 + nth))
      await note(nth, `note ${nth}`)
    }
    for (const read of [false, true]) {
      if (read) await whenRead()
      expect(await titles({ count: 3 })).toEqual(['note 11', 'note 10', 'note 9'])
      expect(await titles({ offset: 9, count: 5 })).toEqual(['note 2', 'note 1', 'note 0'])
      // Whoever has the first of them does not wait until all are counted.
      if (!read) expect((await list({ offset: 50 })).total).toBeNull()
      expect((await at.answers.getLibraryState({}, library)).documents).toBe(12)
      expect((await list({ offset: 50 })).total).toBe(12)
      expect((await list({ count: 3 })).total).toBe(12)
    }
    await at.answers.deleteEntries({ operation: deed, ids: ['0'.padStart(22, 'n')] }, library)
    expect((await at.answers.getLibraryState({}, library)).documents).toBe(11)
    expect((await list({ offset: 9, count: 5 })).total).toBe(11)
  })

  test('has what comes with a backup, also when all else was read before', async () => {
    await note(1, 'an apple')
    const options = { ...ours, role: 'options' as const }
    const file = await backupText(at.transfers.makeBackup)
    await at.answers.deleteEntries({ operation: deed, ids: ['1'.padStart(22, 'n')] }, library)
    await at.answers.deleteEntries({ operation: 'E'.repeat(22), ids: ['gone'] }, library)
    await note(2, 'a pear')
    await whenRead()
    expect(await found('apple')).toEqual([])
    await storeAll(at.transfers.stageBackup, { token: 'T'.repeat(22) }, [{ text: file }])
    const secret = { kind: 'password', password } as const
    await at.answers.restoreBackup({ token: 'T'.repeat(22), pieces: 1, secret }, options)
    await vi.waitFor(async () => expect(await found('apple')).toHaveLength(1))
    expect((await at.answers.getLibraryState({}, library)).documents).toBe(2)
  })

  test('is by site, each with its newest first, and what is on no site at the end', async () => {
    await timeIsOurs()
    const places = ['https://b.example', 'https://a.example', null, 'https://b.example']
    for (const [nth, origin] of places.entries()) {
      vi.setSystemTime(Date.UTC(2026, 0, 1 + nth))
      if (origin === null) await note(nth, `text ${nth}`)
      else await at.answers.seal({ text: `text ${nth}`, replaces: null }, { ...onPage, origin })
    }
    await whenRead()
    expect(await titles({ order: 'site' })).toEqual(['text 1', 'text 3', 'text 0', 'text 2'])
  })

  test('finds all words, whatever their case and accents, in text, site and date', async () => {
    await timeIsOurs()
    vi.setSystemTime(Date.UTC(2026, 1, 3, 12))
    const letter = await note(1, 'Grüße aus Łódź\nund ein ＷＯＲＴ dazu')
    vi.setSystemTime(Date.UTC(2026, 2, 4, 12))
    const other = await note(2, 'nothing of it')
    await whenRead()
    expect(await found('GRUSSE')).toEqual([])
    expect(await found('gruße')).toEqual([letter])
    expect(await found('wort dazu')).toEqual([letter])
    expect(await found('dazu wo')).toEqual([letter])
    expect(await found('2026-03-04')).toEqual([other])
    expect(await found('nothing there')).toEqual([])
    const { entries } = await list({ search: 'wort' })
    expect(entries[0]).toMatchObject({ excerpt: { text: expect.stringContaining('ＷＯＲＴ') } })
    const { text, found: where } = (entries[0] as { excerpt: { text: string; found: [number, number] } }).excerpt
    expect(text.slice(...where)).toBe('ＷＯＲＴ')
  })

  test('knows at once what was written, changed and deleted since it was read', async () => {
    await note(1, 'first')
    await whenRead()
    const id = await note(2, 'second')
    expect(await found('second')).toEqual([id])
    await at.answers.saveEntry({ id, revision: 1, text: 'changed' }, library)
    expect(await found('second')).toEqual([])
    expect(await found('changed')).toEqual([id])
    await at.answers.deleteEntries({ operation: deed, ids: [id] }, library)
    expect(await found('changed')).toEqual([])
  })

  test('is empty at a lock, and refused', async () => {
    await note(1, 'first')
    await whenRead()
    await at.desk.locking.lock()
    await expect(list()).rejects.toThrow(code('locked'))
    await expect(list({ search: 'first' })).rejects.toThrow(code('locked'))
    await expect(open('x')).rejects.toThrow(code('locked'))
    // Nothing of what was read is left in memory: after the unlock it is read anew.
    await at.answers.unlock({ password }, { ...ours, role: 'popup' })
    expect(await list({ search: 'first' })).toMatchObject({ total: 0, reading: { done: 0, of: 1 } })
    await whenRead()
    expect(await found('first')).toHaveLength(1)
  })

  test('of drafts holds what is unfinished', async () => {
    await at.answers.saveDraft({ windowRequest: null, draft: draftId('d'), text: 'half a thought' }, ours)
    expect(await titles({ of: 'drafts' })).toEqual(['half a thought'])
    expect(await titles({ of: 'drafts', search: 'whole' })).toEqual([])
    await at.answers.deleteDrafts({ ids: [draftId('d')] }, library)
    expect(await titles({ of: 'drafts' })).toEqual([])
  })
})

describe('a document that somebody has been at', () => {
  const two = async () => {
    const ids = [await note(1, 'the first'), await note(2, 'the second')] as const
    const [one, other] = await rows()
    if (one === undefined || other === undefined) throw new Error('expected two rows')
    return { ids, one, other }
  }
  const damagedAlone = async () => {
    expect((await titles()).toSorted()).toEqual(['(damaged)', 'the second'])
    await whenRead()
    expect(await found('second')).toHaveLength(1)
    await expect(open(`${'n'.repeat(21)}1`)).rejects.toThrow(code('damaged'))
  }

  test('is damaged, alone, when its bytes were altered', async () => {
    const { one } = await two()
    await put({
      ...one,
      content: altered(one.content, 40),
    })
    await damagedAlone()
  })

  test('does not open in the place of another', async () => {
    const { one, other } = await two()
    await put({ ...other, id: one.id })
    await damagedAlone()
  })

  test('does not open with another date of its key', async () => {
    const { one } = await two()
    await put({ ...one, keyCreatedAt: '2020-01-01T00:00:00.000Z' })
    await damagedAlone()
  })

  test('does not open as it was before it was changed', async () => {
    const { ids, one } = await two()
    await at.answers.saveEntry({ id: ids[0], revision: 1, text: 'the first, changed' }, library)
    await put(one)
    await damagedAlone()
    // Nor is it made to look new by a change.
    await expect(at.answers.saveEntry({ id: ids[0], revision: 1, text: 'x' }, library)).rejects.toThrow(code('damaged'))
    await at.answers.reencryptLibrary({}, library)
    await vi.waitFor(async () =>
      expect((await at.answers.getLibraryState({}, library)).reencryption).toMatchObject({ state: 'done', damaged: 1 }),
    )
    await expect(open(ids[0])).rejects.toThrow(code('damaged'))
  })

  test.each([7, ['A'], '', 'x'.repeat(65)])('is damaged, alone, when it is named %j', async (id) => {
    const { one } = await two()
    await put({ ...one, id })
    expect((await titles()).toSorted()).toEqual(['(damaged)', 'the first', 'the second'])
    await whenRead()
    expect(await found('second')).toHaveLength(1)
    expect((await titles({ order: 'site' })).toSorted()).toEqual(['(damaged)', 'the first', 'the second'])
    await at.answers.reencryptLibrary({}, library)
    await vi.waitFor(async () =>
      expect((await at.answers.getLibraryState({}, library)).reencryption).toMatchObject({ state: 'done', damaged: 1 }),
    )
    expect(await backupText(at.transfers.makeBackup)).toContain('"documents"')
  })

  test('is not found by the name of another sealed text', async () => {
    const first = await at.answers.seal({ text: 'mine', replaces: null }, onPage)
    await at.answers.seal({ text: 'other', replaces: null }, { ...onPage, tabUrl: `${site}/other` })
    const [one, other] = (await rows()).toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
    if (one === undefined || other === undefined) throw new Error('expected two rows')
    await put({ ...one, tag: other.tag })
    await put({ ...other, tag: one.tag })
    const windowRequest = await at.composing(first.sealed)
    await at.answers.sealComposedText({ windowRequest, draft: draftId('d'), text: 'mine, changed' }, ours)
    expect((await titles()).toSorted()).toEqual(['mine', 'mine, changed', 'other'])
  })
})

describe('an entry', () => {
  test('is changed where nobody else has changed it, and keeps what it said', async () => {
    const id = await note(1, 'one')
    expect(await at.answers.saveEntry({ id, revision: 1, text: 'two' }, library)).toEqual({ revision: 2 })
    await expect(at.answers.saveEntry({ id, revision: 1, text: 'three' }, library)).rejects.toThrow(code('conflict'))
    expect(await at.answers.saveEntry({ id, revision: 2, text: 'three' }, library)).toEqual({ revision: 3 })
    const { versions, text } = await open(id)
    const texts = versions.map((version) => at.answers.openVersion({ id, version: version.id }, library))
    expect([text, ...(await Promise.all(texts)).map((each) => each.text)]).toEqual(['three', 'two', 'one'])
  })

  test('does not give the earlier text of another as its own', async () => {
    const [one, other] = [await note(1, 'one'), await note(2, 'two')]
    await at.answers.saveEntry({ id: one, revision: 1, text: 'one!' }, library)
    const [version] = (await (await database()).getAll('versions')) as { id: string; of: string }[]
    await (await database()).put('versions', { ...version, of: other } as never)
    expect(await open(other)).toMatchObject({ versions: [], damagedVersions: 1 })
    await expect(at.answers.openVersion({ id: other, version: version?.id ?? '' }, library)).rejects.toThrow(
      code('damaged'),
    )
  })

  test('that was changed here since it was sealed is sealed anew when it is asked for, once', async () => {
    const before = await at.answers.seal({ text: 'one', replaces: null }, onPage)
    const id = await theOnly()
    expect(await at.answers.sealEntry({ id }, library)).toEqual(before)
    await at.answers.saveEntry({ id, revision: 1, text: 'two' }, library)
    expect(await open(id)).toMatchObject({ behind: true, sealed: before.sealed })
    const after = await at.answers.sealEntry({ id }, library)
    expect(after.sealed).not.toBe(before.sealed)
    expect(await at.answers.sealEntry({ id }, library)).toEqual(after)
    // What may stand on the page is the new one or that of before.
    at.world.found = 'missing'
    expect(await at.answers.findOnPage({ id }, library)).toEqual({ found: 'missing' })
    expect(at.world.sought.flatMap(({ sealed }) => sealed)).toEqual([after.sealed, before.sealed])
  })

  test('is had back after it was deleted, with its versions, until another deed, a lock or a start', async () => {
    const [one, other] = [await note(1, 'one'), await note(2, 'two')]
    await at.answers.saveEntry({ id: one, revision: 1, text: 'one!' }, library)
    await at.answers.deleteEntries({ operation: deed, ids: [one] }, library)
    await at.answers.deleteEntries({ operation: deed, ids: [other] }, library)
    expect((await list()).total).toBe(0)
    expect(await at.answers.undoDelete({}, library)).toEqual({ restored: 2 })
    expect((await open(one)).versions.length).toBe(1)
    await at.answers.deleteEntries({ operation: deed, ids: [one] }, library)
    await at.answers.deleteEntries({ operation: 'E'.repeat(22), ids: [other] }, library)
    expect(await at.answers.undoDelete({}, library)).toEqual({ restored: 1 })
    await at.answers.deleteEntries({ operation: deed, ids: [other] }, library)
    await at.desk.locking.lock()
    await vi.waitFor(async () => {
      for (const store of ['documents', 'versions', 'revisions', 'bin'] as const)
        expect(await rowsOf(store)).toEqual([])
    })
  })
})

describe('texts in the clear', () => {
  test('leave the library only for the password, and come back as they were, once', async () => {
    await at.answers.seal({ text: 'a letter', replaces: null }, onPage)
    const id = await theOnly()
    const exporting = () => readAll(at.transfers.exportTexts, { ids: [id, 'gone'] }, library)
    await placeUnlocked(made, undefined, false)
    at = newDesk()
    await expect(exporting()).rejects.toThrow(code('proof-needed'))
    await expect(at.answers.proveByPassword({ password: 'wrong', strong: null }, library)).rejects.toThrow(
      code('wrong-secret'),
    )
    await expect(exporting()).rejects.toThrow(code('proof-needed'))
    await at.answers.proveByPassword({ password, strong: null }, library)
    const { chunks, cursors, result } = await exporting()
    expect(chunks).toMatchObject([{ texts: [{ text: 'a letter', origin: site, url: `${site}/today#top` }] }])
    expect([cursors, result]).toEqual([[{ taken: 2, damaged: 0 }], { damaged: 0 }])
    await at.answers.deleteEntries({ operation: deed, ids: [id] }, library)
    const imported = await storeAll(at.transfers.importTexts, { token: 'T'.repeat(22) }, chunks, { times: 2 })
    expect(imported).toEqual({ taken: 1, refused: { 'too-long': 0, damaged: 0 } })
    expect(await titles()).toEqual(['a letter'])
    await at.desk.locking.lock()
    await at.answers.unlock({ password }, { ...ours, role: 'popup' })
    await expect(exporting()).rejects.toThrow(code('proof-needed'))
  })

  test('need the proof at every chunk: one that has ended in the middle stops them there', async () => {
    const ids = [await note(1, `one ${'x'.repeat(1_000_001)}`), await note(2, `two ${'x'.repeat(1_000_001)}`)]
    const { read } = at.transfers.exportTexts
    const first = await read({ ids }, null, library)
    if ('result' in first) throw new Error('expected a chunk')
    expect(first.chunk.texts).toMatchObject([{ text: expect.stringMatching(/^one/) }])
    await placeUnlocked(made, undefined, false)
    at = newDesk()
    await expect(at.transfers.exportTexts.read({ ids }, first.cursor, library)).rejects.toThrow(code('proof-needed'))
    await at.answers.proveByPassword({ password, strong: null }, library)
    expect(await at.transfers.exportTexts.read({ ids }, first.cursor, library)).toMatchObject({
      chunk: { texts: [{ text: expect.stringMatching(/^two/) }] },
    })
  })

  test('that do not open are counted, wherever they stand', async () => {
    const ids = [await note(1, 'one'), await note(2, 'two'), await note(3, 'three')]
    const [row] = (await rows()).filter(({ id }) => id === ids[1])
    await put({ ...row, content: altered(row?.content ?? '') })
    const { chunks, result } = await readAll(at.transfers.exportTexts, { ids }, library)
    expect(chunks.flatMap(({ texts }) => texts.map(({ text }) => text))).toEqual(['one', 'three'])
    expect(result).toEqual({ damaged: 1 })
  })

  test('that are too long are refused alone, and all others are there', async () => {
    const texts = ['one', 'x'.repeat(17 * 1024 * 1024), 'two'].map((text) => ({
      text,
      origin: null,
      url: null,
      createdAt: 0,
      changedAt: 0,
    }))
    const imported = await storeAll(at.transfers.importTexts, { token: 'T'.repeat(22) }, [{ texts }, { texts }])
    expect(imported).toEqual({ taken: 6, refused: { 'too-long': 2, damaged: 0 } })
    expect((await titles()).sort()).toEqual(['one', 'one', 'two', 'two'])
  })
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'chrome://settings', 'no address'])(
  'a text that came from a file with the address %s leads nowhere',
  async (url) => {
    const texts = [{ text: 'lured', origin: site, url, createdAt: 0, changedAt: 0 }]
    await storeAll(at.transfers.importTexts, { token: 'T'.repeat(22) }, [{ texts }])
    const id = await theOnly()
    expect((await open(id)).url).toBeNull()
    expect(await at.answers.findOnPage({ id }, library)).toEqual({ found: 'unreachable' })
    expect(await at.answers.placeEntry({ id }, library)).toEqual({ placing: 'unreachable' })
    expect(at.world.sought).toEqual([])
  },
)

test('long texts in the clear go chunk by chunk, and none is passed over for one that is gone', async () => {
  const long = 'x'.repeat(1_000_001)
  const ids = [await note(1, `one ${long}`), await note(2, `two ${long}`), 'gone']
  const { chunks, cursors } = await readAll(at.transfers.exportTexts, { ids }, library)
  for (const { texts } of chunks) expect(texts.length).toBeLessThan(2)
  expect(chunks.flatMap(({ texts }) => texts.map(({ text }) => text.slice(0, 3)))).toEqual(['one', 'two'])
  expect(cursors.at(-1)).toEqual({ taken: 3, damaged: 0 })
})

describe('a key', () => {
  const keyOf = async (id: string) => (await rows()).find((row) => row.id === id)?.keyCreatedAt
  const later = (days: number) => vi.setSystemTime(Date.now() + days * 86_400_000)
  beforeEach(timeIsOurs)

  test('that is older than was chosen is replaced when its document is read, and the list stays as it was', async () => {
    const [id, other] = [await note(1, 'old'), await note(2, 'older')]
    const before = await keyOf(id)
    later(364)
    expect(await open(id)).toMatchObject({ reencrypted: false })
    expect(await keyOf(id)).toBe(before)
    later(2)
    const dates = (await list()).entries.map(({ changedAt }) => changedAt)
    expect(await open(id)).toMatchObject({ reencrypted: true, revision: 2, keyCreatedAt: Date.now(), text: 'old' })
    expect(await keyOf(id)).not.toBe(before)
    expect((await list()).entries.map(({ changedAt }) => changedAt)).toEqual(dates)
    await at.answers.setLibrarySettings({ keepTexts: true, rekeyAfterDays: 1_000 }, library)
    expect(await open(other)).toMatchObject({ reencrypted: false })
  })

  test('that cannot be written stays, and the document is read all the same', async () => {
    const id = await note(1, 'old')
    later(400)
    const disk = fullDisk()
    expect(await open(id)).toMatchObject({ reencrypted: false, text: 'old', revision: 1 })
    disk.mend()
    expect(await open(id)).toMatchObject({ reencrypted: true, text: 'old', revision: 2 })
  })

  test('is not replaced over a change made meanwhile', async () => {
    const id = await note(1, 'old')
    later(400)
    const [opened, saved] = await Promise.allSettled([
      open(id),
      at.answers.saveEntry({ id, revision: 1, text: 'changed' }, library),
    ])
    expect(opened.status).toBe('fulfilled')
    const entry = await open(id)
    if (saved.status === 'fulfilled') expect(entry.text).toBe('changed')
    else expect(saved.reason).toEqual(code('conflict'))
    expect([entry.text, ...entry.versions]).toHaveLength(saved.status === 'fulfilled' ? 2 : 1)
  })

  test('is made for every document, version and draft at once, which stops and goes on as it is told', async () => {
    const ids = await Promise.all(Array.from({ length: 250 }, (_, nth) => note(nth, `text ${nth}`)))
    await at.answers.saveEntry({ id: ids[0] ?? '', revision: 1, text: 'changed' }, library)
    await at.answers.saveDraft({ windowRequest: null, draft: draftId('d'), text: 'half' }, ours)
    later(1)
    const began = new Date().toISOString()
    await at.answers.reencryptLibrary({}, library)
    await at.answers.stopReencrypting({}, library)
    const stopped = (await at.answers.getLibraryState({}, library)).reencryption
    expect(stopped).toMatchObject({ state: 'stopped', of: 252 })
    const young = async () => (await rows()).filter((row) => row.keyCreatedAt >= began).length
    const sofar = await young()
    expect(sofar).toBeLessThan(250)
    // Nothing goes on by itself.
    at = newDesk()
    at.desk.locking.resume()
    expect((await at.answers.getLibraryState({}, library)).reencryption).toEqual(stopped)
    await at.answers.reencryptLibrary({}, library)
    const isDone = async () =>
      expect((await at.answers.getLibraryState({}, library)).reencryption).toEqual({
        state: 'done',
        done: 252,
        of: 252,
        damaged: 0,
      })
    await vi.waitFor(isDone, 5_000)
    expect(await young()).toBe(250)
    const others = [...(await (await database()).getAll('versions')), ...(await (await database()).getAll('drafts'))]
    for (const row of others as unknown as { keyCreatedAt: string }[]) expect(row.keyCreatedAt >= began).toBe(true)
    expect((await titles({ count: 200 })).length).toBe(200)
  })
})
