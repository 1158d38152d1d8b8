// What our windows keep of a pairing: the parts that were read, in whatever order they came, and what is shown for five minutes.

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { randomBytes } from '../../src/bytes.ts'
import { findParts, join, split } from '../../src/crypto/parts.ts'
import { call } from '../../src/messages/call.ts'
import { type Collection, collect, current, isWhole, missing, textOf } from '../../src/ui/pairing/collected.ts'
import { Offer } from '../../src/ui/pairing/offer.ts'
import { Taking } from '../../src/ui/pairing/taking.ts'
import {
  aboutWords,
  broughtSentences,
  cameraSentence,
  leftWords,
  progressSentence,
  readSentence,
  spokenProgress,
} from '../../src/ui/pairing/words.ts'
import { drawQr } from '../../src/ui/parts/qr.tsx'
import { scan } from './scan.ts'

vi.mock('../../src/messages/call.ts', () => ({ call: vi.fn() }))
const asked = vi.mocked(call as (name: string, ask: object) => Promise<unknown>)

const read = (texts: readonly string[]) =>
  findParts(texts.join('\n')).parts.map(({ transfer, index, count, text }) => ({ transfer, index, count, text }))
const whole = (collection: Collection) => join(findParts(textOf(collection)).parts)

describe('parts that are read', () => {
  test('come together whatever the order, however often, and with those of others between them', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 1500 }).map((given) => new Uint8Array(given))
    fc.assert(
      fc.property(bytes, bytes, fc.infiniteStream(fc.nat()), (mine, others, draws) => {
        const [right, wrong] = [read(split(mine)), read(split(others)).slice(1)]
        const mixed = [...right, ...right, ...wrong].toSorted(() => ((draws.next().value ?? 0) % 3) - 1)
        const collections = mixed.reduce((before, part) => collect(before, [part]), [] as readonly Collection[])
        const found = current(collections)
        expect(found !== null && isWhole(found)).toBe(true)
        expect(found && whole(found)).toEqual(mine)
        expect(collections.length).toBeLessThanOrEqual(2)
      }),
    )
  })

  test('of another pairing begin anew, and those that were there are not lost', () => {
    const [first, second] = [read(split(randomBytes(900))), read(split(randomBytes(900)))]
    let collections = collect([], first.slice(0, 3))
    collections = collect(collections, second.slice(0, 1))
    expect(current(collections)).toMatchObject({ transfer: second[0]?.transfer, count: 5 })
    collections = collect(collections, first.slice(2))
    expect(current(collections)).toMatchObject({ transfer: first[0]?.transfer })
    expect(missing(current(collections) as Collection)).toEqual([])
  })

  test('that say of the same bytes that they are cut otherwise are another collection', () => {
    const [part] = read(split(randomBytes(100)))
    const liars = part === undefined ? [] : [part, { ...part, count: 2 }, { ...part, index: 1, count: 1 }]
    expect(liars.length).toBe(3)
    const collections = collect([], liars)
    expect(collections.map(({ count, there }) => [count, there.size])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  test('of many pairings are not all kept', () => {
    const many = Array.from({ length: 20 }, () => read(split(randomBytes(500))).slice(1))
    expect(many.reduce(collect, []).length).toBe(4)
  })

  test('are what the pictures on the screen say, the longest of them too', () => {
    // FORMAT.md §10.3: the longest has 224 bytes of the bundle and fits version 10, which has 57 modules and a border of 4.
    const longest = `FSPAIR1:${'A2'.repeat(190)}7.`
    const texts = [...split(randomBytes(1500)), longest]
    for (const text of texts) {
      const { size, path } = drawQr(text, 'low')
      expect(size).toBeLessThanOrEqual(65)
      expect(scan(path, size)).toBe(text)
    }
  })
})

describe('what is shown', () => {
  const offered = { code: 'QQQQ-QQQQ-QQQQ-QQQQ-QQQQ', parts: ['FSPAIR1:AAAA.'] }
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_795_000_000_000 })
    asked.mockResolvedValue(offered)
  })
  afterEach(() => void vi.useRealTimers())

  test('is gone after five minutes, and it is said', async () => {
    const offer = new Offer()
    await offer.show()
    expect(offer.shown.value).toMatchObject(offered)
    vi.advanceTimersByTime(5 * 60_000 - 1)
    offer.tick(Date.now())
    expect(offer.shown.value).not.toBeNull()
    vi.advanceTimersByTime(1)
    offer.tick(Date.now())
    expect([offer.shown.value, offer.over.value]).toEqual([null, true])
    await offer.show()
    expect([offer.shown.value !== null, offer.over.value]).toEqual([true, false])
  })

  test('is gone at once when the clock is set back, so that nobody shows it for longer', async () => {
    const offer = new Offer()
    await offer.show()
    offer.tick(Date.now() - 1000)
    expect(offer.shown.value).toBeNull()
  })

  test('gives way to a new one that is asked for, also when there comes none', async () => {
    const offer = new Offer()
    await offer.show()
    asked.mockRejectedValue(new Error('no answer'))
    expect(await offer.show()).toBe(false)
    expect(offer.shown.value).toBeNull()
    expect(offer.deed.trouble.value?.words).toContain('Nothing is shown')
  })

  test('is left nowhere when it is hidden', async () => {
    const offer = new Offer()
    await offer.show()
    offer.hide()
    expect(JSON.stringify([offer.shown.value, offer.over.value])).toBe('[null,false]')
  })
})

describe('taking in', () => {
  const parts = read(split(randomBytes(500)))
  const answer = (found: object) => ({ damaged: 0, newer: 0, ...found })

  test('goes on to the code when all parts are there, and reads no more then', async () => {
    const taking = new Taking()
    asked.mockResolvedValue(answer({ parts: parts.slice(1) }))
    await taking.read('some')
    expect(taking.scene.value.at).toBe('gathering')
    asked.mockResolvedValue(answer({ parts: parts.slice(0, 1) }))
    await taking.read('the rest')
    expect(taking.scene.value.at).toBe('code')
    asked.mockResolvedValue(answer({ parts: read(split(randomBytes(100))) }))
    expect(await taking.read('late')).toEqual({ parts: 0, damaged: 0, newer: 0 })
    expect(taking.collections.value.length).toBe(1)
  })

  test('asks with no more than may be asked', async () => {
    asked.mockResolvedValue(answer({ parts: [] }))
    await new Taking().read('x'.repeat(5_000_000))
    expect(asked.mock.lastCall).toEqual(['readParts', { text: 'x'.repeat(3_000_000) }])
  })

  test('forgets code, secret and parts when it is done, and when it begins again', async () => {
    const taking = new Taking()
    const secret = { kind: 'password', password: 'hush' } as const
    const opened = {
      kind: 'opened',
      name: '',
      revision: 1,
      updatedAt: 0,
      madeAt: 0,
      whose: 'foreign',
      otherKey: false,
      brings: {},
    }
    const toTheEnd = async () => {
      asked.mockResolvedValue(answer({ parts }))
      await taking.read('all')
      asked.mockResolvedValue(opened)
      await taking.giveCode('QQQQ')
      await taking.open(secret)
      expect(asked.mock.lastCall?.[1]).toMatchObject({ code: 'QQQQ', secret })
    }
    await toTheEnd()
    await taking.take()
    expect(asked.mock.lastCall).toEqual(['takePairing', expect.objectContaining({ code: 'QQQQ', secret })])
    expect(taking.scene.value).toEqual({ at: 'done' })
    await taking.take()
    expect(asked.mock.lastCall?.[1]).toEqual({ parts: '', code: '', secret: null })
    await toTheEnd()
    taking.again()
    await taking.take()
    expect(asked.mock.lastCall?.[1]).toEqual({ parts: '', code: '', secret: null })
  })
})

describe('words', () => {
  const collection = (there: number[], count: number) => ({
    transfer: '',
    count,
    there: new Map(there.map((index) => [index, ''])),
  })

  test('say how many parts are there and which are missing, and are read out seldom', () => {
    expect(progressSentence(null)).toBe('Nothing has been read yet.')
    expect(progressSentence(collection([0, 2], 4))).toBe('2 of 4 parts. Missing: 2, 4.')
    expect(progressSentence(collection([], 20))).toContain('1, 2, 3, 4, 5, 6, 7, 8 and 12 more.')
    expect(progressSentence(collection([0], 1))).toBe('All parts are here.')
    const spoken = Array.from({ length: 101 }, (_, n) =>
      spokenProgress(
        collection(
          Array.from({ length: n }, (_v, at) => at),
          100,
        ),
      ),
    )
    expect([...new Set(spoken)]).toEqual([
      '',
      'The first part is here.',
      'A quarter of the parts are here.',
      'Half of the parts are here.',
      'Three quarters of the parts are here.',
      'All parts are here.',
    ])
  })

  test('say what was read, and what was damaged', () => {
    expect(readSentence({ parts: 0, damaged: 0, newer: 0 })).toBe('There is nothing of a pairing in it.')
    expect(readSentence({ parts: 2, damaged: 1, newer: 0 })).toBe('2 parts read. One part was damaged and left out.')
    expect(readSentence({ parts: 0, damaged: 0, newer: 3 })).toContain('Update Fieldseal')
  })

  test('say of a vault what it is and what it brings', () => {
    const about = { name: 'Ada’s vault', revision: 7, updatedAt: 1_795_000_000_000, madeAt: 1_795_000_000_000 }
    expect(aboutWords({ kind: 'closed', ...about })).toMatch(/^revision 7, last changed on .*2026/)
    const brings = { keys: 0, documents: 0, changesVault: false, age: 'same' } as const
    const said = (given: object) =>
      broughtSentences({ kind: 'opened', ...about, whose: 'same', otherKey: false, brings, ...given }).join(' ')
    expect(said({})).toContain('here already')
    expect(said({ brings: { ...brings, keys: 2, changesVault: true } })).toMatch(/nothing newer here.*2 keys/)
    const changing = { ...brings, changesVault: true }
    expect(said({ otherKey: true, brings: changing })).toContain('cancel')
    expect(said({ whose: 'foreign', brings: changing })).toContain('Your password stays')
    expect(said({ whose: 'foreign' })).toBe('It is another vault, and all that is in it is here already.')
  })

  test('say what is the matter with a camera, and what to do instead', () => {
    for (const state of ['refused', 'none', 'taken', 'lost'] as const)
      expect(cameraSentence(state)).toMatch(/instead\.$/)
    expect([299_001, 60_000, 59_999, 1, -5].map(leftWords)).toEqual(['5:00', '1:00', '1:00', '0:01', '0:00'])
  })
})
