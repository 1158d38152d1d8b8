// Composers and their window requests: what a window opens with, what becomes of what is written in it, and that a draft lies
// nowhere but sealed.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { sealText } from '../../../src/crypto/text.ts'
import { endRequestsOf, readRequest } from '../../../src/custody/composer/windowRequests.ts'
import { Custodian } from '../../../src/custody/vault/custodian.ts'
import { newestPersonal } from '../../../src/keyring/circles.ts'
import type { Vault } from '../../../src/keyring/vault.ts'
import type { WindowContext } from '../../../src/messages/vault/composer.ts'
import { database } from '../../../src/storage/database.ts'
import { forgetPrivateDrafts, readDrafts } from '../../../src/storage/drafts.ts'
import { altered } from '../../altered.ts'
import { box, content, draftId, field, newDesk, ours, site } from '../backgrounds.ts'
import { theClockMovesOn } from '../clock.ts'
import { dump, emptyDevice, placeUnlocked, quickVault, restartBrowser, rowsOf, spellings } from '../device.ts'
import { textsOf } from '../textsOf.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

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
afterEach(() => vi.restoreAllMocks())

const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const [d1, d2] = [draftId('d'), draftId('e')]
const keep = (windowRequest: string | null, draft: string, text: string) =>
  at.answers.saveDraft({ windowRequest, draft, text }, ours)
const begin = (windowRequest: string | null) => at.answers.getWindowContext({ windowRequest }, ours)
const take = (draft: string) => at.answers.resumeDraft({ windowRequest: null, draft }, ours)
const seal = (windowRequest: string | null, draft: string, text: string) =>
  at.answers.sealComposedText({ windowRequest, draft, text }, ours)
const close = () => endRequestsOf(at.opened.at(-1)?.windowId ?? -1)

function writing(opening: WindowContext) {
  if (opening.purpose !== 'write') throw new Error(`expected to write, got ${opening.purpose}`)
  return opening
}
const offered = async (windowRequest: string | null) => writing(await begin(windowRequest)).drafts.map(({ id }) => id)

describe('a window', () => {
  test('for a draft goes on with that, says for which site it was begun, and lists the others', async () => {
    await keep(await at.composing(), d1, 'half a thought')
    await close()
    await keep(await at.composing(), d2, 'another')
    await close()
    await at.answers.composeDraft({ draft: d1 }, ours)
    const windowRequest = at.windowRequest()
    const opening = writing(await begin(windowRequest))
    expect(opening).toMatchObject({ draft: d1, text: 'half a thought', target: null, sealedAt: null, inPrivate: false })
    expect(opening.drafts.map(({ id }) => id)).toEqual([d2])
    await keep(windowRequest, d1, 'a whole thought')
    expect(await take(d1)).toEqual({ text: 'a whole thought' })
    const done = await seal(windowRequest, d1, 'a whole thought')
    if (done.placed) throw new Error('expected it not to be placed')
    expect((await textsOf(new Custodian()).open(done.sealed, site)).site).toBe('here')
  })

  test('for a draft that one is at work on is that one, also when it took the draft up later', async () => {
    const first = await at.composing()
    await keep(first, d1, 'half a thought')
    at.world.raises = true
    await Promise.all([at.answers.composeDraft({ draft: d1 }, ours), at.answers.composeDraft({ draft: d1 }, ours)])
    expect([at.opened.length, at.raised]).toEqual([1, [100, 100]])
    await close()
    const second = await at.composing()
    expect(await at.answers.resumeDraft({ windowRequest: second, draft: d1 }, ours)).toEqual({ text: 'half a thought' })
    await at.answers.composeDraft({ draft: d1 }, ours)
    expect([at.opened.length, at.raised]).toEqual([2, [100, 100, 101]])
    at.world.raises = false
    await at.answers.composeDraft({ draft: d1 }, ours)
    expect(at.opened.length).toBe(3)
  })

  test('does not open for a draft that is gone, was begun in private, or does not open', async () => {
    const compose = () => at.answers.composeDraft({ draft: d1 }, ours)
    await expect(compose()).rejects.toEqual(code('gone'))
    await at.answers.compose({ field, sealed: null, box }, { ...content, inPrivate: true })
    await keep(at.windowRequest(), d1, 'a private thought')
    await close()
    await expect(compose()).rejects.toEqual(code('gone'))
    await forgetPrivateDrafts()
    await keep(null, d1, 'a thought')
    await at.desk.locking.lock()
    await expect(compose()).rejects.toEqual(code('locked'))
    expect(at.opened.length).toBe(1)
  })

  test('says when the text that it replaces was sealed, and whether that is long ago', async () => {
    const origin = site
    const sealedAt = Math.floor(Date.now() / 60_000 - 366 * 24 * 60)
    const sealed = await sealText(newestPersonal(made.body), { text: 'as it was', minutes: sealedAt, origin })
    const opening = async () => writing(await begin(await at.composing(sealed)))
    expect(await opening()).toMatchObject({ text: 'as it was', sealedAt: sealedAt * 60_000, old: true })
    await at.answers.setLibrarySettings({ keepTexts: true, rekeyAfterDays: 367 }, ours)
    expect((await opening()).old).toBe(false)
  })

  test('for a field opens empty, beside it, and says where its text will go', async () => {
    const windowRequest = await at.composing()
    expect(at.opened).toEqual([{ windowRequest: expect.stringMatching(/^[\w-]{22}$/), beside: box, windowId: 100 }])
    expect(await begin(windowRequest)).toEqual({
      purpose: 'write',
      cue: made.body.cue,
      target: { host: 'notes.example', field: 'Note', maxChars: 500 },
      draft: null,
      text: '',
      sealedAt: null,
      old: false,
      under: null,
      inPrivate: false,
      drafts: [],
    })
  })

  test('for a field that holds a sealed text opens with the opened one, and replaces it', async () => {
    const { sealed } = await at.answers.seal({ text: 'as it was', replaces: null }, content)
    const windowRequest = await at.composing(sealed)
    expect(writing(await begin(windowRequest)).text).toBe('as it was')
    expect(await seal(windowRequest, d1, 'as it is')).toEqual({ placed: true })
    expect(at.put).toEqual([{ field: field.id, sealed: expect.stringMatching(/^sealed1/), replaces: sealed }])
  })

  test('for a field that has one is brought to the front, and no second one opens', async () => {
    await at.composing()
    at.world.raises = true
    await Promise.all([at.composing(), at.composing()])
    expect(at.opened.length).toBe(1)
    expect(at.raised).toEqual([100, 100])
    await at.answers.compose({ field: { ...field, id: 'G'.repeat(22) }, sealed: null, box }, content)
    expect(at.opened.length).toBe(2)
  })

  test('for a field whose window has gone unnoticed opens anew, and asked for twice at once opens once', async () => {
    await at.composing()
    await at.composing()
    expect(at.opened.length).toBe(2)
    at.world.raises = true
    const other = { field: { ...field, id: 'G'.repeat(22) }, sealed: null, box }
    await Promise.all([at.answers.compose(other, content), at.answers.compose(other, content)])
    expect(at.opened.length).toBe(3)
  })

  test('for no field, of a site or of none, opens and has no target', async () => {
    for (const origin of [site, null]) {
      await at.desk.windows.composeFor(7, origin, false)
      expect(writing(await begin(at.windowRequest())).target).toBeNull()
      const done = await seal(at.windowRequest(), d1, 'a text')
      if (done.placed) throw new Error('expected it not to be placed')
      expect(done.why).toBe('no-target')
      expect((await textsOf(new Custodian()).open(done.sealed, site)).site).toBe(origin === null ? 'nowhere' : 'here')
    }
    expect(writing(await begin(null)).target).toBeNull()
  })

  test('has the address of the page in its tab noted, as far as it is known and one of the web', async () => {
    const noted = async () => (await readRequest(at.windowRequest())) as { url: string | null }
    const page = 'https://notes.example/day?of=5#b'
    await at.answers.compose({ field, sealed: null, box }, { ...content, tabUrl: page })
    expect(await noted()).toMatchObject({ origin: site, url: page })
    await at.composing()
    expect(await noted()).toMatchObject({ origin: site, url: null })
    await at.desk.windows.composeFor(7, page, false)
    expect(await noted()).toMatchObject({ origin: site, url: page })
    await at.desk.windows.composeFor(7, `${site}/${'x'.repeat(2_000)}`, false)
    expect(await noted()).toMatchObject({ origin: site, url: null })
    await at.desk.windows.composeFor(7, null, false)
    expect(await noted()).toMatchObject({ origin: null, url: null })
  })

  test('for reading opens with what each text comes to', async () => {
    const { sealed } = await at.answers.seal({ text: 'a text', replaces: null }, content)
    await at.desk.windows.readInWindow(site, [sealed, 'sealed1nonsense', 'sealed2later'], false)
    expect(await begin(at.windowRequest())).toMatchObject({
      purpose: 'read',
      texts: [
        { sealed, view: { kind: 'opened', text: 'a text', site: 'here', host: 'notes.example' } },
        { sealed: 'sealed1nonsense', view: { kind: 'closed', why: 'cut-off' } },
        { sealed: 'sealed2later', view: { kind: 'closed', why: 'newer-version' } },
      ],
    })
  })

  test('shows a text of another site, and names that where the library knows it', async () => {
    const { sealed } = await at.answers.seal({ text: 'a text', replaces: null }, content)
    const elsewhere = 'https://other.example'
    const opening = async () => {
      await at.desk.windows.readInWindow(elsewhere, [sealed], false)
      return begin(at.windowRequest())
    }
    const view = { kind: 'opened', text: 'a text', site: 'elsewhere', host: 'other.example', sealedOn: 'notes.example' }
    expect(await opening()).toMatchObject({ purpose: 'read', texts: [{ sealed, view }] })
  })

  test('carries no text from one site to another: nothing opens, and nothing is sealed in its place', async () => {
    const foreign = await textsOf(new Custodian()).seal('for another site', 'https://other.example')
    const windowRequest = await at.composing(foreign)
    await expect(begin(windowRequest)).rejects.toEqual(code('other-site'))
    await expect(seal(windowRequest, d1, 'for another site')).rejects.toEqual(code('other-site'))
    const mine = await at.composing(await textsOf(new Custodian()).seal('of this site', site))
    expect(writing(await begin(mine)).text).toBe('of this site')
    const nowhere = await at.composing(await textsOf(new Custodian()).seal('of no site', null))
    expect(writing(await begin(nowhere)).text).toBe('of no site')
  })

  test('for reading the same text of the same site is one window, however often it is asked for', async () => {
    const { sealed } = await at.answers.seal({ text: 'a text', replaces: null }, content)
    at.world.raises = true
    for (const origin of [site, site, 'https://other.example', site])
      await at.desk.windows.readInWindow(origin, [sealed], false)
    const [first, second] = at.opened
    expect(at.opened).toHaveLength(2)
    expect(at.raised).toEqual([first?.windowId, first?.windowId])
    expect(second?.windowId).not.toBe(first?.windowId)
  })

  test('for copying opens locked too', async () => {
    await at.answers.offerSealedText({ sealed: 'sealed1x', why: 'altered' }, content)
    await at.desk.locking.lock()
    expect(await begin(at.windowRequest())).toEqual({
      purpose: 'copy',
      cue: made.body.cue,
      sealed: 'sealed1x',
      why: 'altered',
    })
  })

  test('learns that its window request is gone: when it ended, its window closed, the browser restarted, or it never was', async () => {
    const ended = await at.composing()
    await seal(ended, d1, 'a text')
    const closed = await at.composing()
    await close()
    const gone = [ended, closed, draftId('x')]
    for (const windowRequest of gone) await expect(begin(windowRequest)).rejects.toEqual(code('gone'))
    const last = await at.composing()
    const kept = await fakeBrowser.storage.session.get('session')
    await restartBrowser()
    await fakeBrowser.storage.session.set(kept)
    await expect(begin(last)).rejects.toEqual(code('gone'))
  })

  test('outlives the background with its window request', async () => {
    const windowRequest = await at.composing()
    at = newDesk()
    expect(writing(await begin(windowRequest)).target?.host).toBe('notes.example')
  })

  test('locked is told so, whatever it asks, and nothing is kept', async () => {
    const windowRequest = await at.composing()
    await keep(windowRequest, d1, 'half a thought')
    await at.desk.locking.lock()
    const before = await rowsOf('drafts')
    const asked = [
      () => begin(windowRequest),
      () => begin(null),
      () => keep(windowRequest, d2, 'more'),
      () => keep(windowRequest, d1, ''),
      () => take(d1),
      () => seal(windowRequest, d1, 'x'),
    ]
    for (const ask of asked) await expect(ask()).rejects.toEqual(code('locked'))
    expect(await rowsOf('drafts')).toEqual(before)
  })
})

describe('a draft', () => {
  test('lies sealed and nowhere else, and is given back as it was', async () => {
    const windowRequest = await at.composing()
    const text = 'half a private thought\nand more \u{1F600}'
    await keep(windowRequest, d1, 'an earlier thought')
    await keep(windowRequest, d1, text)
    const lying = await dump()
    expect(lying).toContain(d1)
    for (const hidden of [text, 'an earlier thought', 'half a private', site.slice(8)])
      for (const spelling of spellings(hidden)) {
        const allowed = hidden === site.slice(8) && lying.includes('"windowRequests"') // where the window is, not what it holds
        if (!allowed) expect(lying).not.toContain(spelling)
      }
    expect(await take(d1)).toEqual({ text })
    expect(await rowsOf('drafts')).toEqual([d1, expect.objectContaining({ id: d1, revision: 2 })])
  })

  test('is offered again when its window has closed, the newest first, and not while a window holds it', async () => {
    const first = await at.composing()
    await keep(first, d1, 'the first\nthought')
    const second = await at.composing()
    // Its own window goes on with it, also when it is loaded anew.
    expect(writing(await begin(first))).toMatchObject({ draft: d1, text: 'the first\nthought', drafts: [] })
    expect(await offered(second)).toEqual([])
    await theClockMovesOn()
    await keep(second, d2, 'x'.repeat(100))
    expect(await offered(null)).toEqual([])
    await close()
    expect(await offered(first)).toEqual([d2])
    await endRequestsOf(100)
    expect(writing(await begin(null)).drafts).toEqual([
      { id: d2, host: 'notes.example', savedAt: expect.any(Number), title: `${'x'.repeat(79)}…` },
      { id: d1, host: 'notes.example', savedAt: expect.any(Number), title: 'the first' },
    ])
  })

  test('of a window that has just closed is offered to the next, also before that was told', async () => {
    await keep(await at.composing(), d1, 'a thought')
    at.world.closed.add(at.opened.at(-1)?.windowId ?? -1)
    expect(await offered(await at.composing())).toEqual([d1])
  })

  test('of a window that belongs to no site is not offered to another while it is open', async () => {
    await at.desk.windows.composeFor(-1, null, false)
    await keep(at.windowRequest(), d1, 'a thought')
    expect(await offered(await at.composing())).toEqual([])
    await endRequestsOf(100)
    expect(await offered(at.windowRequest())).toEqual([d1])
  })

  test('is dropped once its text stands in the field, and not before', async () => {
    const windowRequest = await at.composing()
    await keep(windowRequest, d1, 'a thought')
    for (const placed of [{ placed: false, why: 'too-long' }, { placed: false, why: 'altered' }, null] as const) {
      at.world.placed = placed
      const done = await seal(windowRequest, d1, 'a thought')
      expect(done).toEqual({ placed: false, why: placed?.why ?? 'gone', sealed: expect.stringMatching(/^sealed1/) })
      expect(await take(d1)).toEqual({ text: 'a thought' })
    }
    at.world.placed = { placed: true }
    expect(await seal(windowRequest, d1, 'a thought')).toEqual({ placed: true })
    await expect(take(d1)).rejects.toEqual(code('gone'))
    expect(await rowsOf('drafts')).toEqual([])
    await expect(begin(windowRequest)).rejects.toEqual(code('gone'))
  })

  test('that cannot be dropped does not make a placed text unplaced', async () => {
    const windowRequest = await at.composing()
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('no', 'UnknownError')
    })
    expect(await seal(windowRequest, d1, 'a thought')).toEqual({ placed: true })
  })

  test('goes nowhere when its window request is over, and its text is given sealed to be copied', async () => {
    const windowRequest = await at.composing()
    await close()
    await keep(windowRequest, d1, 'a thought')
    expect(await seal(windowRequest, d1, 'a thought')).toMatchObject({ placed: false, why: 'no-target' })
    expect(at.put).toEqual([])
    expect(await take(d1)).toEqual({ text: 'a thought' })
  })

  test('with nothing in it is dropped, and so is one that is given up', async () => {
    await keep(null, d1, 'a thought')
    await keep(null, d2, 'another')
    await keep(null, d1, '')
    await at.answers.deleteDraft({ draft: d2 }, ours)
    await at.answers.deleteDraft({ draft: d2 }, ours)
    expect(await rowsOf('drafts')).toEqual([])
  })

  test('that was damaged is not offered, hides no other, and can be written anew', async () => {
    await keep(null, d1, 'a thought')
    await keep(null, d2, 'another')
    const db = await database()
    const row = (await db.get('drafts', d1)) as { id: string; content: string; revision: number }
    for (const damaged of [{ ...row, content: altered(row.content, 0) }, { id: d1 }, { ...row, revision: 9 }]) {
      await db.put('drafts', damaged as typeof row)
      expect(await offered(null)).toEqual([d2])
      await expect(take(d1)).rejects.toEqual(code('damaged'))
    }
    await keep(null, d1, 'a thought once more')
    expect(await take(d1)).toEqual({ text: 'a thought once more' })
    expect((await offered(null)).sort()).toEqual([d1, d2])
  })
})

describe('in a private window', () => {
  const privately = { ...content, inPrivate: true }
  const composing = async () => {
    await at.answers.compose({ field, sealed: null, box }, privately)
    return at.windowRequest()
  }

  test('a draft is not written to the disk, and is offered in private windows alone', async () => {
    const windowRequest = await composing()
    expect(writing(await begin(windowRequest)).inPrivate).toBe(true)
    await keep(windowRequest, d1, 'a private thought')
    expect(await readDrafts(false)).toEqual([])
    await close()
    expect(await offered(await composing())).toEqual([d1])
    expect(await offered(await at.composing())).toEqual([])
    expect((await at.answers.resumeDraft({ windowRequest: null, draft: d1 }, ours)).text).toBe('a private thought')
  })

  test('it stays off the disk when the field is long forgotten, and is gone with the last of these windows', async () => {
    const windowRequest = await composing()
    await keep(windowRequest, d1, 'a private thought')
    await close()
    await keep(windowRequest, d1, 'a private thought, and more')
    await at.answers.saveDraft({ windowRequest: null, draft: d1, text: 'and yet more' }, ours)
    expect(await readDrafts(false)).toEqual([])
    await forgetPrivateDrafts()
    await expect(at.answers.resumeDraft({ windowRequest: null, draft: d1 }, ours)).rejects.toEqual(code('gone'))
  })

  test('it goes when its text was placed', async () => {
    const windowRequest = await composing()
    await keep(windowRequest, d1, 'a private thought')
    expect(await seal(windowRequest, d1, 'a private thought')).toEqual({ placed: true })
    expect(await readDrafts(true)).toEqual([])
  })
})
