import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  findSealed,
  lacksLetters,
  maxPlainBytes,
  maxSealedLength,
  parseSealed,
  sealedLength,
} from '../../src/crypto/armor.ts'
import { decodeBlocks, encodeBlocks } from '../../src/crypto/base62.ts'
import * as twin from './twin.ts'
import { vectors } from './vectors.ts'

const genuine = vectors.text.map(({ sealed }) => sealed)
const [short = '', , middle = ''] = genuine
const anyGenuine = fc.constantFrom(...genuine)
const faultsOf = (text: string) => findSealed(text).map(({ fault }) => fault)
const sealedOf = (text: string) => findSealed(text).map(({ sealed }) => sealed)

describe('base62', () => {
  test('equals its twin, both ways, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBlocks(bytes)
        expect(text).toBe(twin.base62(bytes))
        expect(decodeBlocks(text)).toEqual(bytes)
        expect(Uint8Array.from(twin.fromBase62(text))).toEqual(bytes)
      }),
    )
  })

  test('any text is refused or is the one spelling of its bytes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z-]{0,90}$/), (text) => {
        let bytes: Uint8Array
        try {
          bytes = decodeBlocks(text)
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'damaged' })
          return
        }
        expect(encodeBlocks(bytes)).toBe(text)
      }),
    )
  })

  test('a mebibyte does not take long', () => {
    const start = performance.now()
    const bytes = new Uint8Array(1024 * 1024).fill(0xa5)
    expect(decodeBlocks(encodeBlocks(bytes)).length).toBe(bytes.length)
    expect(performance.now() - start).toBeLessThan(2000) // measured: 0.4 s; the rest is for slow machines
  })
})

describe('a length', () => {
  test('is what the sealed text turns out to have', () => {
    for (const { text, sealed } of vectors.text) expect(sealedLength(Buffer.byteLength(text))).toBe(sealed.length)
    expect(sealedLength(maxPlainBytes)).toBe(maxSealedLength)
  })

  test('beyond a mebibyte of ciphertext is too long', () => {
    expect(() => sealedLength(maxPlainBytes + 1)).toThrow(expect.objectContaining({ code: 'too-long' }))
  })
})

describe('parsing', () => {
  test('takes canonical text only', () => {
    expect(parseSealed(short).len).toBe(48)
    for (const text of [
      ` ${short}`,
      `${short} `,
      `${short}0`,
      short.slice(0, -1),
      short.replace('0f', '0 f'),
      '',
      'sealed1',
    ])
      expect(() => parseSealed(text), text).toThrow(expect.objectContaining({ code: 'damaged' }))
  })

  test('tells a newer version, however it goes on', () => {
    for (const text of ['sealed2', 'sealed9-x', short.replace('1', '3')])
      expect(() => parseSealed(text)).toThrow(expect.objectContaining({ code: 'newer-version' }))
  })
})

describe('finding', () => {
  const decoration = fc.constantFrom(
    ' ',
    '\t',
    '\r\n',
    '\n',
    '\u00a0',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '>',
  )
  const gap = fc.array(decoration, { maxLength: 4 }).map((characters) => characters.join(''))
  const prose = fc.stringMatching(/^([a-z]{1,9}[ ,.]){0,8}$/)

  test('sees each text through any decoration inside it, with exact offsets', () => {
    const decorated = fc.tuple(
      anyGenuine,
      fc.array(gap, { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 80 }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(prose, decorated)), prose, (pieces, rest) => {
        let text = ''
        const expected: object[] = []
        for (const [before, [sealed, gaps, every]] of pieces) {
          const parts = sealed.slice(7).match(new RegExp(`.{1,${every}}`, 'g')) ?? []
          const shown = `sealed1${parts.map((part, i) => (gaps[i % gaps.length] ?? '') + part).join('')}`
          expected.push({
            start: text.length + before.length,
            end: text.length + before.length + shown.length,
            sealed,
            fault: null,
          })
          text += before + shown
        }
        expect(findSealed(text + rest)).toEqual(expected)
      }),
    )
  })

  test('sees through what a site puts into the marker itself', () => {
    for (const decoration of ['\u200b', '\u00ad', '\n', '\r\n> > ', ' \n'])
      for (let at = 1; at < 7; at++)
        expect(sealedOf(`x ${short.slice(0, at)}${decoration}${short.slice(at)} y`)).toEqual([short])
    expect(findSealed(`sea led1${short.slice(7)}`)).toEqual([])
  })

  test('reads a multiplication sign between digits as the x that a typographer made it of', () => {
    const crossed = (sealed: string) => sealed.replaceAll(/(?<=[0-9])x(?=[0-9])/g, '\u00d7')
    for (let tries = 0, seen = 0; seen < 40 && tries < 100_000; tries++) {
      const frame = new Uint8Array(35 + 48).map(() => Math.random() * 256)
      frame.set([0, 0, 48])
      const sealed = `sealed1${encodeBlocks(frame)}`
      if (!/[0-9]x[0-9]/.test(sealed)) continue
      seen++
      expect(findSealed(`a ${crossed(sealed)} b`)).toEqual([{ start: 2, end: 2 + sealed.length, sealed, fault: null }])
    }
    const first = `sealed1x5${'0'.repeat(41)}`
    expect(sealedOf(crossed(first))).toEqual([first])
    expect(faultsOf(`${short.slice(0, 60)}\u00d7${short.slice(61)}`)).toEqual(['damaged'])
  })

  test('tells a text that lacks letters from one whose letters were changed', () => {
    for (const at of [8, 42, 43, 44, short.length - 8]) {
      const [one] = findSealed(`${short.slice(0, 7 + at)}…`)
      expect(one?.fault === 'damaged' && lacksLetters(one.sealed), `${at}`).toBe(true)
    }
    for (const sealed of [
      short,
      `${short.slice(0, 50)}${'z'.repeat(43)}${short.slice(93)}`,
      `sealed1${'z'.repeat(43)}`,
    ])
      expect(lacksLetters(sealed)).toBe(false)
  })

  test('does not take the marker as a word for a sealed text', () => {
    const words = [
      'sealed1',
      'sealed1.',
      'the sealed1 marker',
      'sealed1…',
      'sealed1password',
      'sealed12345678',
      'unsealed1st',
    ]
    for (const text of [
      ...words,
      'sealed2',
      'sealed2go',
      'we sealed 1 of the 3 letters and sent the others on their way',
    ])
      expect(findSealed(text), text).toEqual([])
  })

  test('tells a text that was cut off anywhere from its eighth letter on', () => {
    for (let at = 8; at < short.length - 7; at++)
      expect(findSealed(`see ${short.slice(0, 7 + at)}… more`), `${at}`).toEqual([
        { start: 4, end: 4 + 7 + at, sealed: short.slice(0, 7 + at), fault: 'damaged' },
      ])
    expect(findSealed(short.slice(0, 14))).toEqual([])
  })

  test('tells a text with an impossible length or block', () => {
    const high = `${short.slice(0, 50)}${'z'.repeat(43)}${short.slice(93)}`
    expect(findSealed(`${high} and`)).toEqual([{ start: 0, end: high.length, sealed: high, fault: 'damaged' }])
    expect(faultsOf(`sealed1${'z'.repeat(43)} and`)).toEqual(['damaged'])
    expect(faultsOf(`sealed1${'0'.repeat(43)} and`)).toEqual(['damaged'])
  })

  test('tells a text whose length is not one that Padmé gives, or is beyond a mebibyte, though all of it is there', () => {
    for (const len of [47, 48 + 1, 16 + 34, 16 + 33, 2 ** 20 + 16]) {
      const frame = new Uint8Array(35 + len).fill(1)
      frame.set([len >> 16, (len >> 8) & 255, len & 255])
      const sealed = `sealed1${twin.base62(frame)}`
      expect(faultsOf(sealed), `${len}`).toEqual(['damaged'])
      expect(() => parseSealed(sealed)).toThrow(expect.objectContaining({ code: 'damaged' }))
    }
    const possible = twin.base62(Uint8Array.of(0, 0, 52, ...new Uint8Array(32 + 52).fill(1)))
    expect(faultsOf(`sealed1${possible}`)).toEqual([null])
  })

  test('tells newer versions by a long run only', () => {
    const newer = short.replace('1', '2')
    expect(findSealed(`a ${newer} b`)).toEqual([
      { start: 2, end: 2 + newer.length, sealed: newer, fault: 'newer-version' },
    ])
    expect(findSealed(`sealed2${'x'.repeat(42)}`)).toEqual([])
    expect(faultsOf(`sealed2${'x'.repeat(20)}\u200b${'x'.repeat(23)}`)).toEqual(['newer-version'])
  })

  test('a text that is cut off, or claims too much, swallows none that follow', () => {
    const claimsMuch = `sealed1${twin.base62(Uint8Array.of(0x0f, 0xc0, 0x10, ...new Uint8Array(29).fill(7)))}`
    for (const bad of [
      claimsMuch,
      middle.slice(0, -1),
      middle.slice(0, 60),
      middle.slice(0, 20),
      'sealed1',
      short.replace('1', '2'),
    ])
      for (const between of ['', ' ', '\n> ', ' and ', '\u200b'])
        expect(sealedOf(bad + between + short + between + middle).slice(-2)).toEqual([short, middle])
  })

  test('a newer version after a text that is cut off is found', () => {
    expect(faultsOf(`${middle.slice(0, 60)} ${short.replace('1', '2')}`)).toEqual(['damaged', 'newer-version'])
  })

  test('the time is linear on hostile texts', () => {
    const claim = `sealed1${twin.base62(Uint8Array.of(0x0f, 0xc0, 0x10, ...new Uint8Array(29).fill(7)))}`
    const pieces = [
      'sealed1',
      'sealed1 ',
      'sealed2',
      claim,
      `${claim} `,
      claim.slice(0, 20),
      's \n',
      `s${' '.repeat(40)}`,
      's\u200be\u200b',
    ]
    for (const piece of pieces) {
      const time = (repeats: number) => {
        const text = piece.repeat(repeats)
        // The processor's time, which nobody else's work lengthens.
        const runs = [1, 2, 3].map(() => {
          const start = process.cpuUsage()
          findSealed(text)
          return process.cpuUsage(start).user / 1000
        })
        return Math.min(...runs)
      }
      // A busy machine makes one of the two slow, now and then; what is quadratic takes a hundred times as long every time.
      const isLinear = () => time(30_000) / Math.max(time(3_000), 1) < 40
      expect([1, 2, 3, 4, 5].some(isLinear), `${JSON.stringify(piece)}: ten times the text`).toBe(true)
    }
  })
})
