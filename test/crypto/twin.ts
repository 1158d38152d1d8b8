// A slow, readable second implementation, written from docs/FORMAT.md alone with Node's own primitives. It shares no
// code with src/ and nothing of it ships; the real code must equal it on random inputs, both ways.

import {
  argon2Sync,
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

type Json = { [field: string]: unknown }

// §1

export function hkdf(ikm: Uint8Array, salt: Uint8Array, info: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', ikm, salt, info, length))
}

function gcmSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function gcmOpen(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Buffer): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
}

/** XChaCha20 is ChaCha20 under a key that HChaCha20 makes of the first 16 bytes of the nonce. */
function hchacha(key: Uint8Array, nonce: Uint8Array): Buffer {
  const input = Buffer.concat([Buffer.from('expand 32-byte k'), key, nonce.subarray(0, 16)])
  const s = Array.from({ length: 16 }, (_, i) => input.readUInt32LE(i * 4))
  const get = (i: number) => s[i] ?? 0
  const turn = (a: number, b: number, c: number, bits: number) => {
    s[a] = (get(a) + get(b)) >>> 0
    const mixed = get(c) ^ get(a)
    s[c] = ((mixed << bits) | (mixed >>> (32 - bits))) >>> 0
  }
  const quarter = (a: number, b: number, c: number, d: number) => {
    turn(a, b, d, 16)
    turn(c, d, b, 12)
    turn(a, b, d, 8)
    turn(c, d, b, 7)
  }
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 4; i++) quarter(i, 4 + i, 8 + i, 12 + i)
    for (let i = 0; i < 4; i++) quarter(i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4))
  }
  const out = Buffer.alloc(32)
  for (const [at, word] of [0, 1, 2, 3, 12, 13, 14, 15].entries()) out.writeUInt32LE(get(word), at * 4)
  return out
}

export function xchachaSeal(key: Uint8Array, aad: Uint8Array, plain: Uint8Array): Buffer {
  const nonce = randomBytes(24)
  const inner = Buffer.concat([Buffer.alloc(4), nonce.subarray(16)])
  const cipher = createCipheriv('chacha20-poly1305', hchacha(key, nonce), inner, { authTagLength: 16 })
  cipher.setAAD(aad, { plaintextLength: plain.length })
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function xchachaOpen(key: Uint8Array, aad: Uint8Array, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(0, 24)
  const inner = Buffer.concat([Buffer.alloc(4), nonce.subarray(16)])
  const cipher = createDecipheriv('chacha20-poly1305', hchacha(key, nonce), inner, { authTagLength: 16 })
  cipher.setAAD(aad, { plaintextLength: sealed.length - 40 }).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(24, -16)), cipher.final()])
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const fromBase64url = (text: unknown) => Buffer.from(String(text), 'base64url')

// §2

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function base62(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 32) {
    const block = bytes.subarray(at, at + 32)
    let value = block.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    let letters = ''
    for (let i = 0; i < Math.ceil((8 * block.length) / Math.log2(62)); i++) {
      letters = digits.charAt(Number(value % 62n)) + letters
      value /= 62n
    }
    text += letters
  }
  return text
}

export function fromBase62(text: string): Buffer {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 43) {
    const letters = text.slice(at, at + 43)
    let value = Array.from(letters).reduce((sum, letter) => sum * 62n + BigInt(digits.indexOf(letter)), 0n)
    const block: number[] = []
    for (let i = 0; i < Math.floor((letters.length * Math.log2(62)) / 8); i++) {
      block.unshift(Number(value % 256n))
      value /= 256n
    }
    bytes.push(...block)
  }
  return Buffer.from(bytes)
}

// §3

export function padme(n: number): number {
  const e = BigInt(n).toString(2).length - 1
  const s = e.toString(2).length
  let padded = n
  while (padded % 2 ** (e - s) !== 0) padded++
  return padded
}

function textKeys(circleKey: Uint8Array, salt: Uint8Array) {
  const all = hkdf(circleKey, salt, 'fieldseal/v1/text', 64)
  return { contentKey: all.subarray(0, 32), keyTag: all.subarray(32, 48), siteKey: all.subarray(48) }
}

export function sealText(
  circleKey: Uint8Array,
  { text, minutes, origin }: { text: string; minutes: number; origin: string | null },
  salt: Uint8Array,
): string {
  const { contentKey, keyTag, siteKey } = textKeys(circleKey, salt)
  const head = Buffer.alloc(9)
  head.writeUInt32BE(minutes, 1)
  if (origin !== null) createHmac('sha256', siteKey).update(origin).digest().copy(head, 5, 0, 4)
  const marked = Buffer.concat([head, Buffer.from(text), Buffer.from([0x80])])
  const padded = Buffer.alloc(padme(Math.max(32, marked.length)))
  marked.copy(padded)
  const frame = Buffer.concat([Buffer.alloc(3), salt, keyTag])
  frame.writeUIntBE(padded.length + 16, 0, 3)
  const aad = Buffer.concat([Buffer.from('sealed1'), frame])
  return `sealed1${base62(Buffer.concat([frame, gcmSeal(contentKey, Buffer.alloc(12), aad, padded)]))}`
}

export function openText(circleKey: Uint8Array, sealed: string) {
  const bytes = fromBase62(sealed.slice('sealed1'.length))
  const { contentKey, keyTag } = textKeys(circleKey, bytes.subarray(3, 19))
  if (!timingSafeEqual(keyTag, bytes.subarray(19, 35))) throw new Error('not-for-us')
  const aad = Buffer.concat([Buffer.from('sealed1'), bytes.subarray(0, 35)])
  const padded = gcmOpen(contentKey, Buffer.alloc(12), aad, bytes.subarray(35, 35 + bytes.readUIntBE(0, 3)))
  const end = padded.findLastIndex((byte) => byte !== 0)
  return {
    text: padded.subarray(9, end).toString(),
    minutes: padded.readUInt32BE(1),
    siteTag: padded.subarray(5, 9).toString('hex'),
  }
}

// §5

export const bechDigits = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

function polymod(words: readonly number[]): number {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let sum = 1
  for (const word of words) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ word
    for (const [i, generator] of generators.entries()) if ((top >>> i) & 1) sum ^= generator
  }
  return sum
}

export function formatRecovery(secret: Uint8Array): string {
  const bits = `${Array.from(secret, (byte) => byte.toString(2).padStart(8, '0')).join('')}00`
  const letters = bechLetters((bits.match(/.{5}/g) ?? []).map((five) => Number.parseInt(five, 2)))
  return (letters.match(/.{4}/g) ?? []).join('-')
}

export interface TwinShare {
  readonly threshold: number
  readonly count: number
  readonly set: string
  readonly index: number
  readonly point: Buffer
}

export function formatShare({ threshold, count, set, index, point }: TwinShare): string {
  const bytes = [16 * (threshold - 1) + (count - 1), ...Buffer.from(set, 'hex'), index, ...point]
  const bits = `${bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')}0`
  const letters = bechLetters(
    (bits.match(/.{5}/g) ?? []).map((five) => Number.parseInt(five, 2)),
    'fsshare',
  )
  return (letters.match(/.{1,4}/g) ?? []).join('-')
}

export function readShare(text: string): TwinShare {
  const words = Array.from(text.replaceAll('-', '').toLowerCase(), (letter) => bechDigits.indexOf(letter)).slice(0, -6)
  if (`${bechLetters(words, 'fsshare')}` !== text.replaceAll('-', '')) throw new Error('mistyped')
  const bits = words.map((word) => word.toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
  const numbers = bytes.readUInt8(0)
  return {
    threshold: Math.floor(numbers / 16) + 1,
    count: (numbers % 16) + 1,
    set: bytes.toString('hex', 1, 5),
    index: bytes.readUInt8(5),
    point: bytes.subarray(6),
  }
}

/** In GF(256) with x⁸ + x⁴ + x³ + x + 1: shift and add, as on paper. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 0; bit < 8; bit++) {
    if ((b >> bit) & 1) product ^= a << bit
  }
  for (let bit = 14; bit >= 8; bit--) if ((product >> bit) & 1) product ^= 0x11b << (bit - 8)
  return product
}

function over(a: number, b: number): number {
  const found = Array.from({ length: 256 }, (_, c) => c).find((c) => times(b, c) === a)
  if (found === undefined) throw new Error('there is no quotient')
  return found
}

/** Lagrange's polynomial through the points, at 0. */
export function combineShares(points: readonly Buffer[]): Buffer {
  const xs = points.map((point) => point.readUInt8(16))
  const weights = xs.map((x) =>
    xs.filter((other) => other !== x).reduce((product, other) => times(product, over(other, x ^ other)), 1),
  )
  return Buffer.from(
    Array.from({ length: 16 }, (_, at) =>
      points.reduce((sum, point, i) => sum ^ times(point.readUInt8(at), weights[i] ?? 0), 0),
    ),
  )
}

/** Words of 5 bits with their checksum, in capitals. */
export function bechLetters(words: readonly number[], hidden = 'fsrk'): string {
  const codes = Array.from(hidden, (letter) => letter.charCodeAt(0))
  const prefix = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
  const sum = polymod([...prefix, ...words, 0, 0, 0, 0, 0, 0]) ^ 0x2bc830a3
  const all = [...words, ...[25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31)]
  return all
    .map((word) => bechDigits.charAt(word))
    .join('')
    .toUpperCase()
}

// §6

export interface Record {
  readonly header: string
  readonly body: string
}

function kekOf(slot: Json, secret: string | Uint8Array): Buffer {
  if (typeof secret !== 'string') return hkdf(secret, fromBase64url(slot.salt), `fieldseal/v1/slot/${slot.kind}`, 32)
  const kdf = slot.kdf as Json
  return argon2Sync('argon2id', {
    message: secret.normalize('NFKC'),
    nonce: fromBase64url(kdf.salt),
    memory: Number(kdf.memoryKiB),
    passes: Number(kdf.iterations),
    parallelism: Number(kdf.parallelism),
    tagLength: 32,
  })
}

function bodyKey(masterKey: Uint8Array, vaultId: unknown): Buffer {
  return hkdf(masterKey, fromBase64url(vaultId), 'fieldseal/v1/vault-body', 32)
}

/** With a password (a string), or the 16 bytes of a recovery key or of shares together. */
export function openVault(
  { header, body }: Record,
  secret: string | Uint8Array,
  by = typeof secret === 'string' ? 'password' : 'recovery',
): { masterKey: Buffer; body: unknown } {
  const { vaultId, slots } = JSON.parse(header)
  const slot = slots.find(({ kind }: Json) => kind === by)
  const aad = Buffer.from(`fieldseal/v1/slot|${vaultId}|${slot.id}|${slot.kind}`)
  const masterKey = xchachaOpen(kekOf(slot, secret), aad, fromBase64url(slot.wrappedKey))
  const json = xchachaOpen(bodyKey(masterKey, vaultId), Buffer.from(header), fromBase64url(body))
  return { masterKey, body: JSON.parse(json.toString()) }
}

/** With the 32 bytes that a passkey gave for its slot's salt. */
export function openVaultByPasskey({ header, body }: Record, credentialId: string, prf: Uint8Array): unknown {
  const { vaultId, slots } = JSON.parse(header)
  const slot = slots.find((each: Json) => each.kind === 'passkey' && each.credentialId === credentialId)
  const kek = hkdf(prf, fromBase64url(slot.salt), 'fieldseal/v1/slot/passkey', 32)
  const aad = Buffer.from(`fieldseal/v1/slot|${vaultId}|${slot.id}|passkey`)
  const masterKey = xchachaOpen(kek, aad, fromBase64url(slot.wrappedKey))
  return JSON.parse(xchachaOpen(bodyKey(masterKey, vaultId), Buffer.from(header), fromBase64url(body)).toString())
}

export function makeVault(
  secrets: {
    password: string
    recovery: Uint8Array
    kdf: { memoryKiB: number; iterations: number; parallelism: number }
  },
  masterKey: Uint8Array,
  body: unknown,
  date: string,
): Record {
  const vaultId = base64url(randomBytes(16))
  const salt = () => base64url(randomBytes(16))
  const wrapped = (slot: Json, secret: string | Uint8Array) => {
    const aad = Buffer.from(`fieldseal/v1/slot|${vaultId}|${slot.id}|${slot.kind}`)
    return { ...slot, wrappedKey: base64url(xchachaSeal(kekOf(slot, secret), aad, masterKey)) }
  }
  const kdf = { algorithm: 'argon2id', ...secrets.kdf, salt: salt() }
  const slots = [
    wrapped({ id: 'p', kind: 'password', createdAt: date, kdf }, secrets.password),
    wrapped({ id: 'r', kind: 'recovery', createdAt: date, salt: salt() }, secrets.recovery),
  ]
  const header = JSON.stringify({ format: 'fieldseal/v1/vault', vaultId, revision: 1, updatedAt: date, slots })
  const sealed = xchachaSeal(bodyKey(masterKey, vaultId), Buffer.from(header), Buffer.from(JSON.stringify(body)))
  return { header, body: base64url(sealed) }
}

// §7

export function openDocument(masterKey: Uint8Array, vaultId: string, record: Json): unknown {
  const aad = Buffer.from(`fieldseal/v1/document|${record.id}|${record.keyCreatedAt}`)
  const under = hkdf(masterKey, fromBase64url(vaultId), 'fieldseal/v1/documents', 32)
  const key = xchachaOpen(under, aad, fromBase64url(record.wrappedKey))
  const content = fromBase64url(record.content)
  return JSON.parse(gcmOpen(key, content.subarray(0, 12), aad, content.subarray(12)).toString())
}

export function makeDocument(
  masterKey: Uint8Array,
  vaultId: string,
  content: Json,
  date: string,
  id = base64url(randomBytes(16)),
): Json {
  const record = { id, revision: content.revision, keyCreatedAt: date, updatedAt: date }
  const aad = Buffer.from(`fieldseal/v1/document|${record.id}|${record.keyCreatedAt}`)
  const key = randomBytes(32)
  const nonce = randomBytes(12)
  const under = hkdf(masterKey, fromBase64url(vaultId), 'fieldseal/v1/documents', 32)
  const sealed = gcmSeal(key, nonce, aad, Buffer.from(JSON.stringify(content)))
  const wrappedKey = base64url(xchachaSeal(under, aad, key))
  return { ...record, wrappedKey, content: base64url(Buffer.concat([nonce, sealed])) }
}
