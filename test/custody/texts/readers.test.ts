// What reader frames are shown, and that without a ticket of their own they are shown nothing. Opening is played by a
// stand-in that can be held, so that locks can come in the middle of it.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { viewsInWindow } from '../../../src/custody/texts/displayPolicy.ts'
import { Readers, type TextPlace } from '../../../src/custody/texts/readers.ts'
import { type OpenedText, Texts } from '../../../src/custody/texts/texts.ts'
import { Failure, type FailureCode } from '../../../src/failure.ts'
import type { ReaderEvent } from '../../../src/messages/reader.ts'
import { vectors } from '../../crypto/vectors.ts'

const origin = 'https://notes.example'
const elsewhere = 'https://evil.example'
const cue = { words: ['calm', 'river'], colour: 'teal' } as const
const sealed = vectors.text[0]?.sealed ?? ''
const spoilt = vectors.text[1]?.sealed ?? ''
const place: TextPlace = { tabId: 7, frameId: 0, origin, url: null, inPrivate: false, sealed, field: null }
const box = { left: 0, top: 0, width: 9, height: 9 }
const under = { owner: 'personal', circle: null, earlier: false } as const
const start = new Date('2026-11-23T12:00:00Z').getTime()

let sealedOn: string | null
let fails: FailureCode | 'error' | null
let gate: Promise<void> | null
/** How many texts were to be opened, each time that it was asked for. */
let asked: number[]
let edited: TextPlace[]
let shown: TextPlace[]
let standing: (documentId: string) => Promise<boolean>
let library: Record<string, string>
let unlocks: number
let texts: HeldTexts
let readers: Readers

/** A vault that is unlocked, as far as it is looked at here. */
const custodian = { addKeyHolder: () => undefined, isLocking: false, vault: async () => ({ body: { cue } }) } as never

/** Texts that open when the test lets them, or fail as it says. */
class HeldTexts extends Texts {
  override async openMany(all: Parameters<Texts['openMany']>[0]): Promise<(OpenedText | Failure)[]> {
    asked.push(all.length)
    const [failing, madeOn] = [fails, sealedOn]
    await gate
    if (failing === 'error') throw new Error('hunter2')
    if (failing === 'locked') throw new Failure(failing)
    return all.map((one) => {
      if (failing !== null || one.sealed === spoilt) return new Failure(failing ?? 'not-for-us')
      const site = madeOn === null ? 'nowhere' : madeOn === one.origin ? 'here' : 'elsewhere'
      return { text: 'a private text', minutes: 5, old: true, site, under }
    })
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  sealedOn = origin
  fails = null
  gate = null
  asked = []
  edited = []
  shown = []
  standing = async () => true
  library = {}
  unlocks = 0
  texts = new HeldTexts(custodian)
  readers = new Readers(
    texts,
    { forField: async (where) => void edited.push(where), forText: async (where) => void shown.push(where) },
    { isThere: (_tabId, documentId) => standing(documentId), showUnlock: async () => void unlocks++ },
  )
})
afterEach(() => vi.useRealTimers())

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
const noTicket = { event: 'noTicket' }
const admitted = { event: 'admitted' }
const show = (view: object) => ({ event: 'show', view })
const opened = {
  kind: 'opened',
  cue,
  text: 'a private text',
  sealed: place.sealed,
  minutes: 5,
  old: true,
  under,
  host: 'notes.example',
  sealedOn: null,
}
const closed = (why: string) => show({ kind: 'closed', why })
const lockedView = closed('locked')

function frame(tabId = 7) {
  const sent: ReaderEvent[] = []
  // That a ticket was valid is sent at once, and once; what is sent after that is what tests look at.
  const send = (event: ReaderEvent) => void (event.event === 'admitted' || sent.push(event))
  return { sent, ...readers.admit({ tabId, frameId: 3, send }) }
}
const issue = (where: TextPlace, documentId = 'D1') => readers.issue([where], documentId)[0] ?? ''
const redeeming = (ticket: string, ancestors = [origin]) => ({ request: 'redeem' as const, ticket, ancestors })

/** A frame that has redeemed a ticket, and been sent what comes of it. */
async function reading(where: TextPlace = place) {
  const one = frame()
  one.receive(redeeming(issue(where)))
  await settled()
  return one
}

describe('a ticket', () => {
  test('shows its text where it stands, once', async () => {
    const ticket = issue(place)
    const [one, two] = [frame(), frame()]
    one.receive(redeeming(ticket))
    two.receive(redeeming(ticket))
    await settled()
    expect(one.sent).toEqual([show({ ...opened, site: 'here' })])
    expect(two.sent).toEqual([noTicket])
    one.receive(redeeming(issue(place)))
    await settled()
    expect(one.sent[1]).toEqual(noTicket)
  })

  test('is worth nothing once its document has given way to another', async () => {
    const documents = new Set(['D1', 'D2'])
    standing = async (documentId) => documents.has(documentId)
    const [before, after] = [issue(place, 'D1'), issue(place, 'D2')]
    documents.delete('D1')
    const [late, next] = [frame(), frame()]
    late.receive(redeeming(before))
    next.receive(redeeming(after))
    await settled()
    expect(late.sent).toEqual([noTicket])
    expect(next.sent).toEqual([show({ ...opened, site: 'here' })])
    late.receive(redeeming(issue(place, 'D2')))
    await settled()
    await readers.showAll()
    expect(late.sent).toEqual([noTicket, noTicket])
  })

  test('is worth nothing where the browser fails to tell of its document', async () => {
    standing = async () => Promise.reject(new Error('no such tab'))
    const one = frame()
    one.receive(redeeming(issue(place)))
    await settled()
    expect(one.sent).toEqual([noTicket])
  })

  test('is used by one frame while its document is asked for, and shows what holds after that', async () => {
    const asking = Promise.withResolvers<boolean>()
    standing = () => asking.promise
    fails = 'locked'
    const ticket = issue(place)
    const [one, two, gone] = [frame(), frame(), frame()]
    one.receive(redeeming(ticket))
    two.receive(redeeming(ticket))
    gone.receive(redeeming(issue(place)))
    gone.end()
    await settled()
    fails = null
    await readers.showAll()
    asking.resolve(true)
    await settled()
    expect(two.sent).toEqual([noTicket])
    expect(one.sent).toEqual([show({ ...opened, site: 'here' })])
    readers.blankAll()
    expect(gone.sent).toEqual([])
  })

  test('is no ticket in another tab, under another parent, at another depth, or when nobody issued it', async () => {
    const ticket = issue(place)
    const inner = issue({ ...place, frameId: 4 })
    const wrong: [ReturnType<typeof frame>, ReturnType<typeof redeeming>][] = [
      [frame(8), redeeming(ticket)],
      [frame(), redeeming(ticket, [elsewhere])],
      [frame(), redeeming(ticket, ['null'])],
      [frame(), redeeming(ticket, [elsewhere, origin])],
      [frame(), redeeming(ticket, [origin, elsewhere])],
      [frame(), redeeming(inner, [origin])],
      [frame(), redeeming('A'.repeat(22))],
      [frame(), redeeming('__proto__')],
    ]
    for (const [one, request] of wrong) {
      one.receive(request)
      await settled()
      expect(one.sent).toEqual([noTicket])
    }
    await readers.showAll()
    for (const [one] of wrong) expect(one.sent.length).toBe(1)
    const right = frame()
    right.receive(redeeming(inner, [origin, elsewhere]))
    await settled()
    expect(right.sent).toEqual([show({ ...opened, site: 'here' })])
  })

  test('for many places is one for each, their texts are opened together, and one that does not open fails alone', async () => {
    const other = { ...place, sealed: spoilt }
    const frames = readers.issue([place, other, { ...place, tabId: 8 }], 'D1').map((ticket, at) => {
      const one = frame(at === 2 ? 8 : 7)
      one.receive(redeeming(ticket))
      return one
    })
    await settled()
    const [fine, fault] = [show({ ...opened, site: 'here' }), closed('not-for-us')]
    expect(frames.map(({ sent }) => sent)).toEqual([[fine], [fault], [fine]])
    await readers.showAll()
    expect(frames.map(({ sent }) => sent)).toEqual([
      [fine, fine],
      [fault, fault],
      [fine, fine],
    ])
    expect(asked).toEqual([3, 3])
  })

  test('is over after a minute', async () => {
    const tickets = [issue(place), issue(place)] as const
    vi.setSystemTime(start + 60_000)
    const [soon, late] = [frame(), frame()]
    soon.receive(redeeming(tickets[0]))
    vi.setSystemTime(start + 60_001)
    late.receive(redeeming(tickets[1]))
    await settled()
    expect([soon.sent.length, late.sent]).toEqual([1, [noTicket]])
    expect(soon.sent).not.toEqual([noTicket])
  })

  test('gives way when there are thousands: the newest are kept', async () => {
    const first = issue(place)
    const second = issue(place)
    for (let nth = 0; nth < 3_999; nth++) issue(place)
    const [one, two] = [frame(), frame()]
    one.receive(redeeming(first))
    two.receive(redeeming(second))
    await settled()
    expect(one.sent).toEqual([noTicket])
    expect(two.sent).toEqual([show({ ...opened, site: 'here' })])
  })

  test('is needed before anything else has any effect', async () => {
    const one = frame()
    for (const request of [
      { request: 'openWindow', box },
      { request: 'unlock' },
      { request: 'edit', box },
      { request: 'stay' },
    ] as const)
      one.receive(request)
    await readers.showAll()
    readers.blankAll()
    await settled()
    expect([one.sent, edited, shown, unlocks]).toEqual([[], [], [], 0])
  })
})

describe('a text sealed on another site', () => {
  test.each([
    [elsewhere, 'elsewhere'],
    [null, 'nowhere'],
  ] as const)(
    '(%s) is not shown in a page, whatever is asked for there: our own window shows it',
    async (where, site) => {
      sealedOn = where
      const one = await reading()
      for (const request of [{ request: 'openWindow', box }, { request: 'edit', box }, { request: 'stay' }] as const)
        one.receive(request)
      await settled()
      await readers.showAll()
      expect(one.sent).toEqual([closed(site), closed(site)])
      expect(shown).toEqual([place])
      expect(
        await viewsInWindow(texts, { sealedOn: async (one) => library[one] ?? null }, [place.sealed], origin),
      ).toEqual([{ ...opened, site }])
      expect(JSON.stringify((await reading()).sent)).not.toContain('private')
    },
  )

  test('is shown in our own window with the site it was sealed on, where the library knows that', async () => {
    sealedOn = elsewhere
    library = { [place.sealed]: elsewhere }
    const views = await viewsInWindow(
      texts,
      { sealedOn: async (one) => library[one] ?? null },
      [spoilt, place.sealed],
      origin,
    )
    expect(views).toEqual([
      { kind: 'closed', why: 'not-for-us' },
      { ...opened, site: 'elsewhere', sealedOn: 'evil.example' },
    ])
  })
})

describe('a text that does not open', () => {
  test.each(['not-for-us', 'damaged', 'newer-version'] as const)('is said to be %s', async (code) => {
    fails = code
    expect((await reading()).sent).toEqual([closed(code)])
  })

  test('for want of letters is said to be cut off', async () => {
    fails = 'damaged'
    const sealed = place.sealed.slice(0, -1)
    expect((await reading({ ...place, sealed })).sent).toEqual([closed('cut-off')])
  })

  test('because a site made its letters small is said to be damaged', async () => {
    fails = 'not-for-us'
    const sealed = place.sealed.toLowerCase()
    expect((await reading({ ...place, sealed })).sent).toEqual([closed('damaged')])
  })

  test('for a reason nobody thought of is damaged, and the reason is not told', async () => {
    fails = 'error'
    expect((await reading()).sent).toEqual([closed('damaged')])
  })

  test('because of the vault is locked, and all are shown once it is unlocked', async () => {
    fails = 'locked'
    const both = [await reading(), await reading()]
    for (const { sent } of both) expect(sent).toEqual([lockedView])
    for (fails of ['no-vault', 'unavailable'] as const) expect((await reading()).sent).toEqual([lockedView])
    fails = null
    await readers.showAll()
    for (const { sent } of both) expect(sent).toEqual([lockedView, show({ ...opened, site: 'here' })])
  })
})

describe('a lock', () => {
  test('blanks every frame at once, and beats an opening that is under way', async () => {
    const before = await reading()
    const held = Promise.withResolvers<void>()
    gate = held.promise
    const during = await reading()
    void readers.showAll()
    readers.blankAll()
    expect(before.sent.at(-1)).toEqual(lockedView)
    held.resolve()
    await settled()
    expect(before.sent.slice(1)).toEqual([lockedView])
    expect(during.sent).toEqual([lockedView])
  })

  test('that was found out late does not hide what was opened since', async () => {
    const held = Promise.withResolvers<void>()
    ;[gate, fails] = [held.promise, 'locked']
    const one = await reading()
    ;[gate, fails] = [null, null]
    await readers.showAll()
    held.resolve()
    await settled()
    expect(one.sent).toEqual([show({ ...opened, site: 'here' })])
  })
})

describe('a frame that was admitted', () => {
  test('can have its own text edited, or shown in our own window, and the vault unlocked', async () => {
    const one = await reading()
    one.receive({ request: 'edit', box })
    one.receive({ request: 'openWindow', box })
    one.receive({ request: 'unlock' })
    one.receive({ request: 'stay' })
    await settled()
    expect([edited, shown, unlocks, one.sent.length]).toEqual([[place], [place], 1, 1])
  })

  test('is sent so before its text is opened, however long that takes', async () => {
    const held = Promise.withResolvers<void>()
    gate = held.promise
    const sent: ReaderEvent[] = []
    const one = readers.admit({ tabId: 7, frameId: 3, send: (event) => void sent.push(event) })
    one.receive(redeeming(issue(place)))
    await settled()
    expect(sent).toEqual([admitted])
    held.resolve()
    await settled()
    expect(sent).toEqual([admitted, show({ ...opened, site: 'here' })])
  })

  test('gets and does nothing more once it has ended, also when it ended before its ticket', async () => {
    const [one, two] = [await reading(), frame()]
    const held = Promise.withResolvers<void>()
    gate = held.promise
    const three = await reading()
    for (const ended of [one, two, three]) ended.end()
    held.resolve()
    await settled()
    two.receive(redeeming(issue(place)))
    for (const request of [{ request: 'openWindow', box }, { request: 'unlock' }, { request: 'edit', box }] as const)
      for (const ended of [one, two, three]) ended.receive(request)
    await readers.showAll()
    readers.blankAll()
    await settled()
    expect([one.sent.length, two.sent, three.sent, edited, shown, unlocks]).toEqual([1, [], [], [], [], 0])
  })
})
