// Goes into a page of the extension's, in the browser that is measured: the product's own modules, and beside them the calls
// of WebCrypto that can't be done without, and other programs' ways of sealing. Alternatives take turns.

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient, armor as typage } from 'age-encryption'
import sodium from 'libsodium-wrappers'
import * as openpgp from 'openpgp'
import type { CircleKey } from '../../src/bytes.ts'
import { parseSealed } from '../../src/crypto/armor.ts'
import { type Opened, openTexts, sealTexts } from '../../src/crypto/text.ts'
import { TextKeys } from '../../src/crypto/textKeys.ts'
import type { Failure } from '../../src/failure.ts'

/** Milliseconds for each way, one for every round. */
export type Taken = Record<string, number[]>
type Ways = Record<string, () => Promise<readonly unknown[]>>

const minutes = 29_500_000
const origin = 'https://example.com'
const iv = new Uint8Array(12)
const info = new TextEncoder().encode('fieldseal/v1/text')
const gcm = (additionalData: BufferSource) => ({ name: 'AES-GCM', iv, additionalData })
const hkdf = (salt: BufferSource) => ({ name: 'HKDF', hash: 'SHA-256', salt, info })
/** Done before what is measured, so that all of it has been compiled. */
const roundsBefore = 3

/** Letters that do not compress. */
function textsOf(bytes: number, count: number): string[] {
  return Array.from({ length: count }, () => {
    let text = ''
    for (let at = 0; at < bytes; at += 1_000)
      for (const byte of crypto.getRandomValues(new Uint8Array(Math.min(1_000, bytes - at))))
        text += (byte % 36).toString(36)
    return text
  })
}

function whole<T>(all: readonly (T | Failure)[]): T[] {
  return all.map((one) => {
    if (one instanceof Error) throw one
    return one as T
  })
}

async function prepared(bytes: number, count: number) {
  const key = crypto.getRandomValues(new Uint8Array(32)) as CircleKey
  const texts = textsOf(bytes, count)
  const plain = texts.map((text) => ({ text, minutes, origin }))
  const sealed = whole(await sealTexts(key, plain))
  const requests = sealed.map((sealed) => ({ sealed, origin }))
  const base = await crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveBits'])
  return { key, texts, plain, sealed, requests, base }
}

/** Opening: cold, with a derivation for each text; warm, with the keys of texts that were opened before. */
export async function opening(rounds: number, warm: boolean): Promise<Taken> {
  const { key, sealed, requests, base } = await prepared(200, 1_000)
  const parsed = sealed.map(parseSealed)
  const keyOf = async (salt: BufferSource) => {
    const bits = await crypto.subtle.deriveBits(hkdf(salt), base, 512)
    return crypto.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['decrypt'])
  }
  const decrypted = (own: CryptoKey, { head, ciphertext }: (typeof parsed)[number]) =>
    crypto.subtle.decrypt(gcm(head), own, ciphertext)
  const bare = async (one: (typeof parsed)[number]) => decrypted(await keyOf(one.salt), one)
  if (!warm)
    return turns(rounds, {
      ours: async () => whole<Opened>(await openTexts(new TextKeys([key]), requests)),
      together: () => Promise.all(parsed.map(bare)),
      oneByOne: () => oneByOne(parsed, bare),
    })
  const keys = new TextKeys([key])
  await openTexts(keys, requests)
  let asked = requests
  // A text that is asked for again is another string with the same letters.
  const before = () => {
    asked = JSON.parse(JSON.stringify(requests))
  }
  const imported = await Promise.all(parsed.map(async (one) => ({ one, own: await keyOf(one.salt) })))
  const ways = {
    ours: async () => whole<Opened>(await openTexts(keys, asked)),
    together: () => Promise.all(imported.map(({ one, own }) => decrypted(own, one))),
    oneByOne: () => oneByOne(imported, ({ one, own }) => decrypted(own, one)),
  }
  return turns(rounds, ways, before)
}

export async function sealing(rounds: number): Promise<Taken> {
  const { key, plain, base } = await prepared(200, 1_000)
  const head = new Uint8Array(42)
  const padded = new Uint8Array(224)
  const bare = async () => {
    const bits = await crypto.subtle.deriveBits(hkdf(crypto.getRandomValues(new Uint8Array(16))), base, 512)
    const own = await crypto.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt'])
    return crypto.subtle.encrypt(gcm(head), own, padded)
  }
  return turns(rounds, {
    ours: async () => whole<string>(await sealTexts(key, plain)),
    together: () => Promise.all(plain.map(bare)),
    oneByOne: () => oneByOne(plain, bare),
  })
}

/** From text to text, by each program as it is meant to be used, all begun together where it has promises. */
export async function peers(rounds: number, bytes: number, count: number): Promise<{ seal: Taken; open: Taken }> {
  const { key, texts, plain, requests } = await prepared(bytes, count)
  const identity = await generateX25519Identity()
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const sessionKey: openpgp.SessionKey = {
    data: crypto.getRandomValues(new Uint8Array(32)),
    algorithm: 'aes256',
    aeadAlgorithm: 'gcm',
  }
  await sodium.ready
  const secret = sodium.crypto_secretbox_keygen()

  const sealWays = {
    ours: async () => whole<string>(await sealTexts(key, plain)),
    age: () => Promise.all(texts.map(async (text) => typage.encode(await encrypter.encrypt(text)))),
    openpgp: (): Promise<string[]> =>
      Promise.all(
        texts.map(async (text) => {
          const message = await openpgp.createMessage({ text })
          return openpgp.encrypt({ message, sessionKey, format: 'armored', config: { aeadProtect: true } })
        }),
      ),
    libsodium: async () =>
      texts.map((text) => {
        const nonce = sodium.randombytes_buf(sodium.crypto_secretbox_NONCEBYTES)
        const box = sodium.crypto_secretbox_easy(text, nonce, secret)
        return `${sodium.to_base64(nonce)}.${sodium.to_base64(box)}`
      }),
  }
  const [byAge, byOpenpgp, bySodium] = await Promise.all([sealWays.age(), sealWays.openpgp(), sealWays.libsodium()])
  const openWays = {
    ours: async () => whole(await openTexts(new TextKeys([key]), requests)).map(({ text }) => text),
    age: () => Promise.all(byAge.map((one) => decrypter.decrypt(typage.decode(one), 'text'))),
    openpgp: () =>
      Promise.all(
        byOpenpgp.map(async (armoredMessage) => {
          const message = await openpgp.readMessage({ armoredMessage })
          return (await openpgp.decrypt({ message, sessionKeys: [sessionKey] })).data
        }),
      ),
    libsodium: async () =>
      bySodium.map((one) => {
        const [nonce = '', box = ''] = one.split('.')
        return sodium.crypto_secretbox_open_easy(sodium.from_base64(box), sodium.from_base64(nonce), secret, 'text')
      }),
  }
  for (const [name, open] of Object.entries(openWays))
    if ((await open()).some((text: unknown, at: number) => text !== texts[at]))
      throw new Error(`${name} did not open what it sealed`)
  return { seal: await turns(rounds, sealWays), open: await turns(rounds, openWays) }
}

async function oneByOne<T>(all: readonly T[], one: (item: T) => Promise<unknown>): Promise<unknown[]> {
  const done: unknown[] = []
  for (const item of all) done.push(await one(item))
  return done
}

/** Each way once per round, another one first in each; `before` each, outside of what is measured. */
async function turns(rounds: number, ways: Ways, before: () => void = () => undefined): Promise<Taken> {
  const names = Object.keys(ways)
  const taken: Taken = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -roundsBefore; round < rounds; round++)
    for (let nth = 0; nth < names.length; nth++) {
      const name = names[(nth + round + roundsBefore) % names.length] ?? ''
      before()
      const from = performance.now()
      await ways[name]?.()
      if (round >= 0) taken[name]?.push(performance.now() - from)
      await new Promise((resolve) => setTimeout(resolve))
    }
  return taken
}
