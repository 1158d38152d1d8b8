import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type CircleKey, utf8 } from '../../src/bytes.ts'
import { maxPlainBytes, maxSealedLength, parseSealed } from '../../src/crypto/armor.ts'
import { decodeBlocks, encodeBlocks } from '../../src/crypto/base62.ts'
import { openText, openTexts, sealText, sealTexts } from '../../src/crypto/text.ts'
import { TextKeys } from '../../src/crypto/textKeys.ts'
import type { Failure } from '../../src/failure.ts'
import { altered } from '../altered.ts'
import { circleKey, knownRandomness, toHex } from './bytes.ts'
import * as twin from './twin.ts'
import { vectors } from './vectors.ts'

const key = circleKey('11'.repeat(32))
const other = circleKey('22'.repeat(32))
const what = { text: 'hello', minutes: 29_500_000, origin: 'https://example.com' }
const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytes as CircleKey)
const anyText = fc.string({ unit: 'binary', maxLength: 300 })
const anyMinutes = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const anyOrigin = fc.option(fc.webUrl().map((url) => new URL(url).origin))

const asked = (...all: (string | Failure | undefined)[]) =>
  all.map((sealed) => ({ sealed: String(sealed), origin: what.origin }))

afterEach(() => vi.restoreAllMocks())

describe('a sealed text', () => {
  test('opens to what was sealed, and the twin agrees both ways', async () => {
    await fc.assert(
      fc.asyncProperty(anyKey, anyText, anyMinutes, anyOrigin, async (key, text, minutes, origin) => {
        const sealed = await sealText(key, { text, minutes, origin })
        const opened = await openText([key], sealed, origin)
        expect(opened).toEqual({ text, minutes, site: origin === null ? 'nowhere' : 'here', keyIndex: 0 })
        expect(twin.openText(key, sealed)).toMatchObject({ text, minutes })
        expect(twin.sealText(key, { text, minutes, origin }, parseSealed(sealed).salt)).toBe(sealed)
      }),
    )
  })

  test('sealed twice is two texts that share nothing but their length', async () => {
    const [one, two] = [parseSealed(await sealText(key, what)), parseSealed(await sealText(key, what))]
    expect(one.len).toBe(two.len)
    for (const part of ['salt', 'keyTag', 'ciphertext'] as const) expect(one[part]).not.toEqual(two[part])
  })

  test('under another key is not for us, and so with no key at all', async () => {
    const sealed = await sealText(key, what)
    await expect(openText([other], sealed)).rejects.toMatchObject({ code: 'not-for-us' })
    await expect(openText([], sealed)).rejects.toMatchObject({ code: 'not-for-us' })
    expect(await openText([other, key, other, key], sealed)).toMatchObject({ text: 'hello', keyIndex: 1 })
  })

  test('with any one letter changed does not open', async () => {
    const sealed = await sealText(key, what)
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + (sealed.charAt(at) === '4' ? '5' : '4') + sealed.slice(at + 1)
      await expect(openText([key], changed), changed).rejects.toMatchObject({ name: 'Failure' })
    }
  })

  test('that is decorated, or stands in a sentence, opens as it stands', async () => {
    for (const { text, opens, circleKey: hex } of vectors.decorated)
      expect((await openText([circleKey(hex)], text)).text).toBe(opens[0])
  })

  test('holds as many bytes as it says, and no more', async () => {
    const sealed = await sealText(key, { ...what, text: 'é'.repeat(maxPlainBytes / 2) })
    expect(sealed.length).toBe(maxSealedLength)
    expect((await openText([key], sealed)).text.length).toBe(maxPlainBytes / 2)
    const more = { ...what, text: `${'é'.repeat(maxPlainBytes / 2)}x` }
    await expect(sealText(key, more)).rejects.toMatchObject({ code: 'too-long' })
  })

  test('keeps a byte order mark, and writes U+FFFD for a lone surrogate', async () => {
    const text = '\ufeffa\ud800b\udc00'
    const opened = await openText([key], await sealText(key, { ...what, text }))
    expect(opened.text).toBe('\ufeffa\ufffdb\ufffd')
    expect(opened.text).toBe(text.toWellFormed())
  })

  test('is never one that holds a second marker', async () => {
    const { len } = parseSealed(await sealText(key, what))
    const frame = twin.base62(Uint8Array.of(0, 0, len, ...new Uint8Array(29).fill(1)))
    const planted = `${frame.slice(0, 9)}sealed1${'U'.repeat(27)}`
    const salt = decodeBlocks(planted).slice(3, 19)
    expect(twin.sealText(key, what, salt).slice(7)).toContain('sealed1')
    vi.spyOn(crypto, 'getRandomValues').mockImplementation(knownRandomness(salt, new Uint8Array(16).fill(9)))
    expect(toHex(parseSealed(await sealText(key, what)).salt)).toBe('09'.repeat(16))
  })

  test('needs minutes that fit', async () => {
    for (const minutes of [-1, 0.5, 2 ** 32, Number.NaN])
      await expect(sealText(key, { ...what, minutes })).rejects.toBeInstanceOf(RangeError)
  })
})

describe('a sealed text is refused:', () => {
  test.each(vectors.textRefused)('$why', async ({ circleKey: hex, sealed, expect: codes }) => {
    const thrown = await openText([circleKey(hex)], sealed).catch((thrown) => thrown)
    expect(codes.split('-or-')).toContain(thrown.code)
  })
})

describe('text that is not sealed', () => {
  test('is damaged when it is to be opened, or newer when it says so', async () => {
    for (const text of ['', 'sealed1', 'hello', 'sealed1000g5gMv6T41o'])
      await expect(openText([key], text)).rejects.toMatchObject({ code: 'damaged' })
    await expect(openText([key], 'sealed2abc')).rejects.toMatchObject({ code: 'newer-version' })
  })
})

describe('a site tag', () => {
  const siteFrom = async (sealed: string, origin: string | null) => (await openText([key], sealed, origin)).site

  test('tells the site a text was sealed on from others, and from none', async () => {
    const sealed = await sealText(key, what)
    expect(await siteFrom(sealed, 'https://example.com')).toBe('here')
    for (const origin of ['http://example.com', 'https://example.com:8443', 'https://www.example.com', null])
      expect(await siteFrom(sealed, origin)).toBe('elsewhere')
    const outside = await sealText(key, { ...what, origin: null })
    for (const origin of ['https://example.com', null]) expect(await siteFrom(outside, origin)).toBe('nowhere')
  })

  test('is not met by a site whose name was searched for until its SHA-256 began with the same four bytes', async () => {
    const [victim, attacker] = ['https://mail.google.com', 'https://32mrwsda.evil.example']
    const beginning = async (origin: string) =>
      toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(origin))).slice(0, 4))
    expect(await beginning(attacker)).toBe(await beginning(victim))
    for (let nth = 0; nth < 20; nth++) {
      const sealed = await sealText(key, { ...what, origin: victim })
      expect(await siteFrom(sealed, victim)).toBe('here')
      expect(await siteFrom(sealed, attacker)).toBe('elsewhere')
    }
  })

  test('of one site is another in each text, and as the vectors say', async () => {
    const tagOf = (sealed: string, key: Uint8Array) => twin.openText(key, sealed).siteTag
    const sealed = await sealTexts(key, Array(20).fill(what))
    expect(new Set(sealed.map((one) => tagOf(String(one), key))).size).toBe(20)
    for (const { sealed, siteTag, circleKey: hex } of vectors.text) expect(tagOf(sealed, circleKey(hex))).toBe(siteTag)
  })
})

describe('many texts', () => {
  const kinds = ['fine', 'under another key', 'damaged', 'newer', 'not sealed', 'decorated'] as const
  const all = fc.array(fc.tuple(fc.constantFrom(...kinds), anyText), { maxLength: 12 })

  test('are sealed and opened as each alone would be, in their order, and what fails, fails alone', async () => {
    await fc.assert(
      fc.asyncProperty(all, async (texts) => {
        const plain = texts.map(([, text], nth) => ({ ...what, text, minutes: nth }))
        const [ours, theirs] = await Promise.all([sealTexts(key, plain), sealTexts(other, plain)])
        const given = asked(...texts.map(([kind], nth) => spoilt(kind, `${ours[nth]}`, `${theirs[nth]}`)))
        const keys = new TextKeys([key])
        const opened = await openTexts(keys, given)
        expect(opened).toEqual(
          await Promise.all(given.map(({ sealed, origin }) => openText([key], sealed, origin).catch(itself))),
        )
        for (const [nth, [kind, text]] of texts.entries())
          expect(opened[nth]).toMatchObject(
            kind === 'fine' || kind === 'decorated' ? { text, minutes: nth } : { code: codeOfKind[kind] },
          )
        // Once more, by keys that are known by now.
        expect(await openTexts(keys, given)).toEqual(opened)
      }),
      { numRuns: 40 },
    )
  })

  test('that are too long to be sealed fail alone', async () => {
    const long = 'x'.repeat(maxPlainBytes + 1)
    const sealed = await sealTexts(key, [what, { ...what, text: long }, { ...what, origin: null }])
    expect(sealed[1]).toMatchObject({ code: 'too-long' })
    expect(await openTexts(new TextKeys([key]), asked(sealed[0], sealed[2]))).toMatchObject([
      { text: 'hello', site: 'here' },
      { text: 'hello', site: 'nowhere' },
    ])
    expect(await sealTexts(key, [])).toEqual([])
    expect(await openTexts(new TextKeys([key]), [])).toEqual([])
  })

  function spoilt(kind: (typeof kinds)[number], ours: string, theirs: string): string {
    if (kind === 'under another key') return theirs
    if (kind === 'damaged') return altered(ours, -3)
    if (kind === 'newer') return ours.replace('1', '2')
    if (kind === 'not sealed') return 'hello'
    return kind === 'decorated' ? `> ${ours.slice(0, 70)}\n> ${ours.slice(70)} and so on` : ours
  }
  const codeOfKind: Partial<Record<(typeof kinds)[number], string>> = {
    'under another key': 'not-for-us',
    damaged: 'damaged',
    newer: 'newer-version',
    'not sealed': 'damaged',
  }
})

describe('the keys of texts that were opened', () => {
  const derivations = () => vi.spyOn(crypto.subtle, 'deriveBits')
  const unkept = ['with one letter of its tag changed', 'with one letter of its salt changed'] as const

  test('are not derived again', async () => {
    const sealed = asked(...(await sealTexts(key, [what, what, what])))
    const keys = new TextKeys([other, key])
    await openTexts(keys, sealed)
    const derived = derivations()
    expect(await openTexts(keys, sealed)).toMatchObject([{ text: 'hello' }, { text: 'hello' }, { text: 'hello' }])
    expect(derived).not.toHaveBeenCalled()
    await openTexts(new TextKeys([other, key]), sealed)
    expect(derived).toHaveBeenCalledTimes(6)
  })

  test('are derived again for another site, and tell it from the last', async () => {
    const sealed = await sealText(key, what)
    const keys = new TextKeys([key])
    const siteFrom = async (origin: string | null) => (await openTexts(keys, [{ sealed, origin }]))[0]
    const derived = derivations()
    const origins = [what.origin, null, 'https://other.example', what.origin]
    const sites = [await siteFrom(null)]
    for (const origin of origins) sites.push(await siteFrom(origin))
    expect(sites).toMatchObject(['elsewhere', 'here', 'elsewhere', 'elsewhere', 'here'].map((site) => ({ site })))
    expect(derived).toHaveBeenCalledTimes(4)
  })

  test('and what else was derived with them are overwritten once the platform has its own copy', async () => {
    const derived = derivations()
    const sealed = await sealText(key, what)
    await openText([other, key], sealed, what.origin)
    expect(derived.mock.results.length).toBe(3)
    for (const { value } of derived.mock.results) expect(toHex(new Uint8Array(await value))).toBe('00'.repeat(64))
  })

  test.each(unkept)('open no text %s, and are derived anew for it', async (which) => {
    const sealed = await sealText(key, what)
    const keys = new TextKeys([key])
    await openTexts(keys, asked(sealed))
    const { head, ciphertext } = parseSealed(sealed)
    const changed = Uint8Array.from([...head.slice(7), ...ciphertext])
    changed[which === unkept[0] ? 34 : 3] = (changed[which === unkept[0] ? 34 : 3] ?? 0) ^ 1
    const derived = derivations()
    expect(await openTexts(keys, asked(`sealed1${encodeBlocks(changed)}`))).toMatchObject([{ code: 'not-for-us' }])
    expect(derived).toHaveBeenCalledTimes(1)
  })

  test('open no text under them that was altered', async () => {
    const sealed = await sealText(key, what)
    const keys = new TextKeys([key])
    await openTexts(keys, asked(sealed))
    expect(await openTexts(keys, asked(altered(sealed)))).toMatchObject([{ code: 'damaged' }])
  })

  test('that were wiped are overwritten, and open nothing any more, what they opened before included', async () => {
    const sealed = await sealText(key, what)
    const own = key.slice() as CircleKey
    const keys = new TextKeys([own])
    expect(await openTexts(keys, asked(sealed))).toMatchObject([{ text: 'hello' }])
    keys.wipe()
    expect(toHex(own)).toBe('00'.repeat(own.length))
    await expect(openTexts(keys, asked(sealed))).rejects.toMatchObject({ code: 'locked' })
  })

  test('are not given out', async () => {
    const imported = vi.spyOn(crypto.subtle, 'importKey')
    await openTexts(new TextKeys([key]), asked(await sealText(key, what)))
    for (const { value } of imported.mock.results) {
      const made = await value
      expect(made.extractable).toBe(false)
      await expect(crypto.subtle.exportKey('raw', made)).rejects.toThrow()
    }
    expect(imported.mock.results.length).toBe(4)
  })

  test('are so many at most, and those used longest ago go first', async () => {
    const [first, second, ...rest] = await sealTexts(key, Array(4_001).fill(what))
    const keys = new TextKeys([key])
    await openTexts(keys, asked(first, second))
    await openTexts(keys, asked(first))
    await openTexts(keys, asked(...rest))
    const derived = derivations()
    await openTexts(keys, asked(first))
    expect(derived).not.toHaveBeenCalled()
    await openTexts(keys, asked(second))
    expect(derived).toHaveBeenCalledTimes(1)
  })

  test("come after every tag was compared, and nothing is decrypted for a tag that is nobody's", async () => {
    const sealed = await sealText(key, what)
    const [derived, decrypted] = [derivations(), vi.spyOn(crypto.subtle, 'decrypt')]
    const keys = new TextKeys([other, key, other])
    await openTexts(keys, asked(sealed))
    expect(derived.mock.invocationCallOrder.length).toBe(3)
    expect(Math.max(...derived.mock.invocationCallOrder)).toBeLessThan(Math.min(...decrypted.mock.invocationCallOrder))
    decrypted.mockClear()
    await openTexts(new TextKeys([other]), asked(sealed))
    expect(decrypted).not.toHaveBeenCalled()
  })
})

function itself(thrown: unknown) {
  return thrown
}
