// The rule for everything that lies on a disk: another version may have written it. A field that is missing or makes no sense has a
// default and spoils no other; and a write keeps what it did not understand, where it was. Held against every stored shape there
// is: one that is missing here does not compile, or fails.

import 'fake-indexeddb/auto'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { backupNotes } from '../../src/custody/backups/reminders.ts'
import { reencryptionJob } from '../../src/custody/library/reencryption.ts'
import { syncStatePreference } from '../../src/custody/sync/syncState.ts'
import { cuePreference } from '../../src/custody/vault/vaultRecord.ts'
import { database, type VaultRow } from '../../src/storage/database.ts'
import { writeDocument } from '../../src/storage/documents.ts'
import { writeDraft } from '../../src/storage/drafts.ts'
import { type PreferenceName, preferenceNames } from '../../src/storage/preferenceNames.ts'
import type { Preference } from '../../src/storage/preferences.ts'
import { replaceRows } from '../../src/storage/rows.ts'
import { recordUnlocked, writeVault } from '../../src/storage/vaults.ts'
import { ownerKey } from '../../src/tabs/ownerToken.ts'
import { siteSettings } from '../../src/tabs/siteSettings.ts'
import { spellingPreference } from '../../src/tabs/spelling.ts'
import { casesOf, seed } from '../depth.ts'

const mark = (letter: string) => ({
  id: letter.repeat(22),
  origin: 'https://a.example',
  label: 'Note',
  since: 1_795_000_000_000,
  field: {
    kind: 'textarea',
    id: 'note',
    name: '',
    autocomplete: '',
    label: 'note',
    placeholder: '',
    form: '',
    path: '/',
    index: 0,
  },
})

interface Sample<Value> {
  readonly preference: Preference<Value>
  /** Everything in it filled in. */
  readonly stored: unknown
  readonly change: (before: Value) => Value
  /** What the change replaces, as a path. */
  readonly replaced: string
  /** It is of use only as a whole. */
  readonly whole?: true
}
const sample = <Value>(one: Sample<Value>): Sample<unknown> => one as unknown as Sample<unknown>

const samples: Readonly<Record<PreferenceName, Sample<unknown>>> = {
  cue: sample({
    preference: cuePreference,
    stored: { words: ['calm', 'river'], colour: 'teal' },
    change: (cue) => ({ words: cue?.words ?? ['a', 'b'], colour: 'red' as const }),
    replaced: '/colour',
    whole: true,
  }),
  sites: sample({
    preference: siteSettings,
    stored: {
      sites: {
        'https://a.example/*': { off: false, open: false, button: true },
        'https://b.example/*': { off: true, open: true, button: true },
      },
      marks: [mark('A'), mark('B')],
    },
    change: (before) => {
      const site = before.sites.get('https://b.example/*') ?? { off: false, open: true, button: true }
      return { ...before, sites: new Map([...before.sites, ['https://b.example/*', { ...site, button: false }]]) }
    },
    replaced: '/sites/https://b.example~/button',
  }),
  sync: sample({
    preference: syncStatePreference,
    stored: {
      on: true,
      status: { kind: 'refused', why: 'rollback' },
      refused: { why: 'damaged', at: 5 },
      seen: { write: 'w', revision: 3 },
      attempts: 2,
      strays: { one: 1, two: 2 },
    },
    change: (before) => ({ ...before, attempts: 9 }),
    replaced: '/attempts',
  }),
  backup: sample({
    preference: backupNotes,
    stored: { at: 5, quietUntil: 6 },
    change: (before) => ({ ...before, at: 9 }),
    replaced: '/at',
  }),
  rekeying: sample({
    preference: reencryptionJob,
    stored: {
      vaultId: 'v',
      masterEpoch: 2,
      before: '',
      state: 'running',
      asked: true,
      store: 'documents',
      last: null,
      done: 1,
      of: 9,
      damaged: 0,
    },
    change: (job) => job && { ...job, done: 2 },
    replaced: '/done',
    whole: true,
  }),
  owner: sample({
    preference: ownerKey,
    stored: 'A'.repeat(43),
    change: () => 'B'.repeat(43),
    replaced: '',
    whole: true,
  }),
  writing: sample({
    preference: spellingPreference,
    stored: { spelling: true },
    change: () => ({ spelling: false }),
    replaced: '/spelling',
  }),
}

type Tree = Record<string, unknown>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null
/** The paths of all that is in a value, and of the value itself. */
function pathsIn(value: unknown, at = ''): string[] {
  const inside = isTree(value) ? Object.entries(value) : []
  return [at, ...inside.flatMap(([name, one]) => pathsIn(one, `${at}/${name.replaceAll('/*', '~')}`))]
}
/** A copy in which what is at `path` was changed; `undefined` takes it away. */
function withAt(value: unknown, path: string, change: (before: unknown) => unknown): unknown {
  if (path === '') return change(value)
  // A name with a slash in it has none at its end, so the longest one fits.
  const name = Object.keys(value as Tree)
    .filter((each) => `${path}/`.startsWith(`/${each.replaceAll('/*', '~')}/`))
    .sort((one, other) => other.length - one.length)[0]
  if (name === undefined) throw new RangeError(`expected a path, got ${path}`)
  const copy: Tree | unknown[] = Array.isArray(value) ? [...value] : { ...(value as Tree) }
  const next = withAt((copy as Tree)[name], path.slice(1 + name.replaceAll('/*', '~').length), change)
  if (next === undefined) delete (copy as Tree)[name]
  else (copy as Tree)[name] = next
  return Array.isArray(copy) ? copy.filter(() => true) : copy
}

const stored = async () => ((await (await database()).get('preferences', 'preferences')) ?? {}) as Tree
const store = async (name: string, value: unknown) =>
  (await database()).put('preferences', { [name]: value, beside: { more: 1 } } as object, 'preferences')

beforeEach(async () => {
  fakeBrowser.reset()
  const db = await database()
  for (const each of db.objectStoreNames) await db.clear(each)
})

describe.each(preferenceNames.map((name) => [name, samples[name]] as const))('the preference %s', (name, one) => {
  const { preference, change, replaced, whole } = one
  const objects = pathsIn(one.stored).filter((path) => {
    let found: unknown
    withAt(one.stored, path, (value) => {
      found = value
      return value
    })
    return isTree(found) && !Array.isArray(found)
  })

  test('is read from what it was written as, whatever else is in it, and that stays when it is changed', async () => {
    await store(name, one.stored)
    const read = await preference.read()
    await preference.change(change)
    const plainly = (await stored())[name]
    for (const path of objects) {
      const more = (value: unknown) => withAt(value, path, (at) => ({ ...(at as Tree), later: { made: 'up' } }))
      await store(name, more(one.stored))
      expect(await preference.read()).toEqual(
        path === '/strays' ? { ...(read as Tree), strays: { one: 1, two: 2, later: 0 } } : read,
      )
      await preference.change(change)
      expect(await stored()).toEqual({ [name]: more(plainly), beside: { more: 1 } })
    }
  })

  test('is left as it is stored, whatever that is, where nothing is changed', async () => {
    const senseless = [null, 'x', [], {}, -1, { later: 1 }, [[]]]
    for (const path of pathsIn(one.stored)) {
      for (const odd of path === '' ? [] : senseless) {
        const before = withAt(one.stored, path, () => odd)
        await store(name, before)
        await preference.change((value) => value)
        expect((await stored())[name]).toEqual(before)
      }
    }
  })

  test.skipIf(whole)(
    'gives a default to what is missing or makes no sense, and keeps that when other things change',
    async () => {
      await store(name, one.stored)
      const read = (await preference.read()) as Tree
      for (const path of pathsIn(one.stored)) {
        if (path === '' || path.startsWith(replaced) || replaced.startsWith(path)) continue
        for (const odd of [undefined, null, 'x', { later: 1 }]) {
          const before = withAt(one.stored, path, () => odd)
          await store(name, before)
          const now = (await preference.read()) as Tree
          const part = path.split('/')[1]
          for (const other of Object.keys(read)) if (other !== part) expect(now[other]).toEqual(read[other])
          await preference.change(change)
          const after = (await stored())[name] as Tree
          // Where it is, also in a list out of which an entry before it has gone.
          if (odd !== undefined) expect(pathsIn(after)).toContain(path)
          const lost = withAt(after, replaced, () => 0)
          expect(lost).toEqual(withAt(before, replaced, () => 0))
        }
      }
    },
  )

  test('is read without an error, and can be changed, whatever lies there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withDate: true, maxDepth: 3 }).filter(isCloneable), async (value) => {
        await store(name, value)
        await preference.read()
        await preference.change(change)
        await preference.read()
      }),
      { numRuns: casesOf(150), seed },
    )
  })
})

describe('a list on the disk', () => {
  test('keeps the entries that it cannot read, and loses none of those it can', async () => {
    const odd = [null, { id: 'A'.repeat(22), site: 'https://later.example' }, 'x', { ...mark('C'), id: 'short' }]
    await store('sites', { sites: {}, marks: [odd[0], mark('A'), odd[1], mark('B'), odd[2], odd[3], mark('A')] })
    const { marks } = await siteSettings.read()
    expect(marks).toMatchObject({ entries: [{ id: 'A'.repeat(22) }, { id: 'B'.repeat(22) }], unreadable: 4 })
    await siteSettings.change((before) => ({
      ...before,
      marks: { ...before.marks, entries: before.marks.entries.filter(({ id }) => id[0] === 'B') },
    }))
    expect(((await stored()).sites as Tree).marks).toEqual([odd[0], odd[1], mark('B'), odd[2], odd[3]])
    await siteSettings.change((before) => ({ ...before, marks: { ...before.marks, unreadable: 0 } }))
    expect(((await stored()).sites as Tree).marks).toEqual([mark('B')])
  })

  test('that is none is kept as an entry that cannot be read', async () => {
    await store('sites', { sites: {}, marks: { later: 'another way' } })
    expect((await siteSettings.read()).marks).toEqual({ entries: [], unreadable: 1 })
    await siteSettings.change((before) => ({ ...before, sites: new Map() }))
    expect(((await stored()).sites as Tree).marks).toEqual({ later: 'another way' })
  })
})

describe('a row that another version has added to keeps that when it is written again:', () => {
  const later = { made: 'up' }
  const put = async (store: 'vault' | 'seen' | 'drafts' | 'documents' | 'versions' | 'revisions', row: object) => {
    const db = await database()
    await (store === 'vault' ? db.put('vault', row as VaultRow, 'vault') : db.put(store, row as never))
  }
  const get = async (store: 'vault' | 'seen' | 'drafts' | 'documents' | 'versions' | 'revisions', key: string) =>
    (await database()).get(store, key) as Promise<object | undefined>
  const vault = { vaultId: 'mine', revision: 1, header: 'h', body: 'b' }
  const document = { id: 'd', revision: 1, updatedAt: '2026', tag: 'of the text' }

  type Store = Parameters<typeof put>[0]
  const writes: Readonly<Record<Store | Replaced, (() => Promise<void>) | null>> = {
    vault: async () => {
      await put('vault', { ...vault, later })
      await writeVault({ ...vault, revision: 2 }, 1, null)
      expect(await get('vault', 'vault')).toEqual({ ...vault, revision: 2, later })
    },
    seen: async () => {
      await put('seen', { vaultId: 'mine', revision: 1, cost: null, later })
      await recordUnlocked({ ...vault, revision: 2 }, null)
      expect(await get('seen', 'mine')).toEqual({ vaultId: 'mine', revision: 2, cost: null, later })
    },
    drafts: async () => {
      await put('drafts', { id: 'd', revision: 1, later })
      await writeDraft({ id: 'd', revision: 2 }, true)
      expect(await get('drafts', 'd')).toEqual({ id: 'd', revision: 2, later })
    },
    documents: async () => {
      await put('documents', { ...document, later })
      await writeDocument({ id: 'd', revision: 2, updatedAt: '2027' }, 1)
      // What a text is found by goes with that text.
      expect(await get('documents', 'd')).toEqual({ id: 'd', revision: 2, updatedAt: '2027', later })
      await writeVault(vault, null, null, { documents: [{ ...document, revision: 3 }] })
      expect(await get('documents', 'd')).toEqual({ ...document, revision: 3, later })
    },
    versions: async () => {
      await put('versions', { id: 'e', revision: 1, of: 'd', later })
      await replaceRows('versions', [{ row: { id: 'e', revision: 2, of: 'd', later } as never, replaces: 1 }])
      expect(await get('versions', 'e')).toEqual({ id: 'e', revision: 2, of: 'd', later })
    },
    revisions: async () => {
      await put('revisions', { part: 'd', highest: '\nd 1', later })
      await put('documents', document)
      await writeDocument({ ...document, revision: 2 }, 1)
      expect(await get('revisions', 'd')).toEqual({ part: 'd', highest: '\nd 2', later })
    },
    preferences: null,
    session: null,
    staged: null,
    bin: null,
  }
  /** Preferences are above. The others are replaced whole, or moved as they are: a key, a file under way, what was deleted. */
  type Replaced = 'preferences' | 'session' | 'staged' | 'bin'

  test('every store is looked at', async () => {
    expect([...(await database()).objectStoreNames].sort()).toEqual(Object.keys(writes).sort())
  })
  test.each(Object.entries(writes).filter(([, write]) => write !== null))('%s', async (_store, write) => write?.())
})

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value)
    return true
  } catch {
    return false
  }
}
