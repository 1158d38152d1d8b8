// What our windows keep of a pairing: the parts that were read, in whatever order they came, and what is shown for five minutes.

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { randomBytes } from '../../../src/bytes.ts'
import { findFrames, joinFrames, splitIntoFrames } from '../../../src/crypto/qrFrames.ts'
import { call } from '../../../src/messages/call.ts'
import { formatMediumTime } from '../../../src/ui/app/format.ts'
import {
  collect,
  isWhole,
  joinTexts,
  listMissing,
  pickCollection,
  type ScannedFrames,
} from '../../../src/ui/pairing/collected.ts'
import { Offer } from '../../../src/ui/pairing/offer.ts'
import { PairingAcceptance } from '../../../src/ui/pairing/pairingAcceptance.ts'
import {
  aboutValues,
  broughtSentences,
  cameraSentence,
  emptyFilesSentence,
  overranFilesSentence,
  progressSentences,
  readSentences,
  spokenProgress,
} from '../../../src/ui/pairing/words.ts'
import { drawQr } from '../../../src/ui/parts/qr.tsx'
import { counted, words } from '../../words.ts'
import { scan } from './scan.ts'

vi.mock('../../../src/messages/call.ts', () => ({ call: vi.fn() }))
const asked = vi.mocked(call as (name: string, ask: object) => Promise<unknown>)

const read = (texts: readonly string[]) =>
  findFrames(texts.join('\n')).parts.map(({ transfer, index, count, text }) => ({ transfer, index, count, text }))
const whole = (collection: ScannedFrames) => joinFrames(findFrames(joinTexts(collection)).parts)

describe('parts that are read', () => {
  test('come together whatever the order, however often, and with those of others between them', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 1500 }).map((given) => new Uint8Array(given))
    fc.assert(
      fc.property(bytes, bytes, fc.infiniteStream(fc.nat()), (mine, others, draws) => {
        const [right, wrong] = [read(splitIntoFrames(mine)), read(splitIntoFrames(others)).slice(1)]
        const mixed = [...right, ...right, ...wrong].toSorted(() => ((draws.next().value ?? 0) % 3) - 1)
        const collections = mixed.reduce((before, part) => collect(before, [part]), [] as readonly ScannedFrames[])
        const found = pickCollection(collections)
        expect(found !== null && isWhole(found)).toBe(true)
        expect(found && whole(found)).toEqual(mine)
        expect(collections.length).toBeLessThanOrEqual(2)
      }),
    )
  })

  test('of another pairing begin anew, and those that were there are not lost', () => {
    const [first, second] = [read(splitIntoFrames(randomBytes(900))), read(splitIntoFrames(randomBytes(900)))]
    let collections = collect([], first.slice(0, 3))
    collections = collect(collections, second.slice(0, 1))
    expect(pickCollection(collections)).toMatchObject({ transfer: second[0]?.transfer, count: 5 })
    collections = collect(collections, first.slice(2))
    expect(pickCollection(collections)).toMatchObject({ transfer: first[0]?.transfer })
    expect(listMissing(pickCollection(collections) as ScannedFrames)).toEqual([])
  })

  test('that say of the same bytes that they are cut otherwise are another collection', () => {
    const [part] = read(splitIntoFrames(randomBytes(100)))
    const liars = part === undefined ? [] : [part, { ...part, count: 2 }, { ...part, index: 1, count: 1 }]
    expect(liars.length).toBe(3)
    const collections = collect([], liars)
    expect(collections.map(({ count, frames }) => [count, frames.size])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  test('of many pairings are not all kept', () => {
    const many = Array.from({ length: 20 }, () => read(splitIntoFrames(randomBytes(500))).slice(1))
    expect(many.reduce(collect, []).length).toBe(4)
  })

  test('are what the pictures on the screen say, the longest of them too', () => {
    // FORMAT.md §10.3: the longest has 224 bytes of the bundle and fits version 10, which has 57 modules and a border of 4.
    const longest = `FSPAIR1:${'A2'.repeat(190)}7.`
    const texts = [...splitIntoFrames(randomBytes(1500)), longest]
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
    expect(offer.task.error.value?.words).toBe(words('errors.offerPairing.unavailable'))
  })

  test('is left nowhere when it is hidden', async () => {
    const offer = new Offer()
    await offer.show()
    offer.hide()
    expect(JSON.stringify([offer.shown.value, offer.over.value])).toBe('[null,false]')
  })
})

describe('taking in', () => {
  const parts = read(splitIntoFrames(randomBytes(500)))
  const answer = (found: object) => ({ damaged: 0, newer: 0, ...found })

  test('goes on to the code when all parts are there, and reads no more then', async () => {
    const acceptance = new PairingAcceptance()
    asked.mockResolvedValue(answer({ parts: parts.slice(1) }))
    await acceptance.read('some')
    expect(acceptance.step.value.kind).toBe('gathering')
    asked.mockResolvedValue(answer({ parts: parts.slice(0, 1) }))
    await acceptance.read('the rest')
    expect(acceptance.step.value.kind).toBe('code')
    asked.mockResolvedValue(answer({ parts: read(splitIntoFrames(randomBytes(100))) }))
    expect(await acceptance.read('late')).toEqual({ parts: 0, damaged: 0, newer: 0 })
    expect(acceptance.collections.value.length).toBe(1)
  })

  test('asks with no more than may be asked', async () => {
    asked.mockResolvedValue(answer({ parts: [] }))
    await new PairingAcceptance().read('x'.repeat(5_000_000))
    expect(asked.mock.lastCall).toEqual(['readPairingFrames', { text: 'x'.repeat(3_000_000) }])
  })

  test('forgets code, secret and parts when it is done, and when it begins again', async () => {
    const acceptance = new PairingAcceptance()
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
      await acceptance.read('all')
      asked.mockResolvedValue(opened)
      await acceptance.enterCode('QQQQ')
      await acceptance.open(secret)
      expect(asked.mock.lastCall?.[1]).toMatchObject({ code: 'QQQQ', secret })
    }
    await toTheEnd()
    await acceptance.accept()
    expect(asked.mock.lastCall).toEqual(['acceptPairing', expect.objectContaining({ code: 'QQQQ', secret })])
    expect(acceptance.step.value).toEqual({ kind: 'done' })
    await acceptance.accept()
    expect(asked.mock.lastCall?.[1]).toEqual({ parts: '', code: '', secret: null })
    await toTheEnd()
    acceptance.restart()
    await acceptance.accept()
    expect(asked.mock.lastCall?.[1]).toEqual({ parts: '', code: '', secret: null })
  })
})

describe('words', () => {
  const collection = (read: number[], count: number) => ({
    transfer: '',
    count,
    frames: new Map(read.map((index) => [index, ''])),
  })

  test('say how many parts are there and which are missing, and are read out seldom', () => {
    expect(progressSentences(null)).toBe(words('pairing.gather.nothingYet'))
    const of = (n: number, read: string) => counted('pairing.gather.some', { n, read })
    expect(progressSentences(collection([0, 2], 4))).toBe(
      `${of(4, '2')} ${words('pairing.gather.missing', { numbers: '2, 4' })}`,
    )
    expect(progressSentences(collection([], 20))).toBe(
      `${of(20, '0')} ${counted('pairing.gather.missingAndMore', { n: 12, numbers: '1, 2, 3, 4, 5, 6, 7, 8' })}`,
    )
    const all = words('pairing.gather.all')
    expect(progressSentences(collection([0], 1))).toBe(all)
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
      words('pairing.gather.first'),
      words('pairing.gather.quarter'),
      words('pairing.gather.half'),
      words('pairing.gather.threeQuarters'),
      all,
    ])
  })

  test('say what was read, and what was damaged', () => {
    expect(readSentences({ parts: 0, damaged: 0, newer: 0 })).toBe(words('pairing.gather.nothing'))
    expect(readSentences({ parts: 2, damaged: 1, newer: 0 })).toBe(
      `${counted('pairing.gather.partsRead', { n: 2 })} ${counted('pairing.gather.damaged', { n: 1 })}`,
    )
    expect(readSentences({ parts: 0, damaged: 0, newer: 3 })).toBe(words('pairing.gather.newer'))
  })

  test('say of a vault what it is and what it brings', () => {
    const about = { name: 'Ada’s vault', revision: 7, updatedAt: 1_795_000_000_000, madeAt: 1_795_000_000_000 }
    const moment = formatMediumTime(about.updatedAt)
    expect(moment).toContain('2026')
    expect(aboutValues({ kind: 'closed', ...about })).toEqual({ revision: '7', changed: moment, shown: moment })
    const brings = { keys: 0, documents: 0, changesVault: false, age: 'same' } as const
    const sentences = (given: object) =>
      broughtSentences({ kind: 'opened', ...about, whose: 'same', otherKey: false, brings, ...given })
    expect(sentences({})).toEqual([words('pairing.vault.sameSame')])
    expect(sentences({ brings: { ...brings, keys: 2, changesVault: true } })).toEqual([
      words('pairing.vault.same'),
      counted('pairing.vault.keys', { n: 2 }),
    ])
    const changing = { ...brings, changesVault: true }
    expect(sentences({ otherKey: true, brings: changing })).toContain(words('pairing.vault.otherKey'))
    expect(sentences({ whose: 'foreign', brings: changing })).toEqual([words('pairing.vault.foreign')])
    expect(sentences({ whose: 'foreign' })).toEqual([words('pairing.vault.foreignSame')])
  })

  test('name the files in which nothing was found, and a few of many', () => {
    expect([emptyFilesSentence([]), overranFilesSentence([])]).toEqual(['', ''])
    expect(emptyFilesSentence(['a.png', 'b.png'])).toBe(words('pairing.files.empty', { names: 'a.png, b.png' }))
    expect(overranFilesSentence(['a.png'])).toBe(counted('pairing.files.overran', { n: 1, names: 'a.png' }))
    const many = ['a', 'b', 'c', 'd', 'e']
    const more = { n: 2, names: 'a, b, c' }
    expect(overranFilesSentence(many)).toBe(counted('pairing.files.overranAndMore', more))
    expect(emptyFilesSentence(many)).toBe(counted('pairing.files.emptyAndMore', more))
  })

  test('say what is the matter with a camera', () => {
    expect(cameraSentence('off')).toBe('')
    expect(cameraSentence('refused')).toBe(words('pairing.camera.refused'))
    expect(cameraSentence('hidden')).toBe(words('pairing.camera.hidden'))
  })
})
