// The browser's part in passkeys, with a browser that gives what it is told to: what is asked of it, what becomes of each of its
// refusals, and that the bytes it gave are left nowhere.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { askPasskeys, makePasskey, passkeysWork } from '../../../src/ui/secrets/passkey.ts'

type Prf = AuthenticationExtensionsPRFOutputs

/** What the browser answers with: a passkey that gives these results. */
class Given {
  readonly id: string
  readonly #prf: Prf | undefined
  static getClientCapabilities = vi.fn(async (): Promise<Record<string, boolean>> => ({ 'extension:prf': true }))
  constructor(id: string, prf?: Prf) {
    this.id = id
    this.#prf = prf
  }
  getClientExtensionResults = () => (this.#prf === undefined ? {} : { prf: this.#prf })
}

const id = 'A'.repeat(22)
const bytes = (fill = 7) => new Uint8Array(32).fill(fill).buffer
const create = vi.fn<(asked: CredentialCreationOptions) => Promise<unknown>>()
const get = vi.fn<(asked: CredentialRequestOptions) => Promise<unknown>>()
const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const refusal = (name: string) => Promise.reject(new DOMException('as made up here', name))

beforeEach(() => {
  vi.stubGlobal('PublicKeyCredential', Given)
  vi.stubGlobal('navigator', { credentials: { create, get } })
  vi.stubGlobal('location', { protocol: 'chrome-extension:' })
})
afterEach(() => {
  vi.clearAllMocks()
  vi.unstubAllGlobals()
})

describe('making a passkey', () => {
  test('asks for one of our own, verified by the person, and takes the bytes it gives at once', async () => {
    const first = bytes()
    create.mockResolvedValue(new Given(id, { enabled: true, results: { first } }))
    const made = await makePasskey([])
    expect(made).toMatchObject({ credentialId: id, prf: Array.from({ length: 32 }, () => 7) })
    const asked = create.mock.calls[0]?.[0].publicKey
    expect(asked?.rp.id).toBeUndefined()
    expect(asked?.authenticatorSelection?.userVerification).toBe('required')
    const salt = asked?.extensions?.prf?.eval?.first as Uint8Array
    expect(Buffer.from(made.salt, 'base64url')).toEqual(Buffer.from(salt))
    expect(salt).toHaveLength(32)
    expect(new Uint8Array(first)).toEqual(new Uint8Array(32))
    expect(get).not.toHaveBeenCalled()
  })

  test('asks a second time where the first gave none, for the same salt', async () => {
    create.mockResolvedValue(new Given(id, { enabled: true }))
    get.mockResolvedValue(new Given(id, { results: { first: bytes(9) } }))
    const made = await makePasskey([])
    expect(made.prf).toEqual(Array.from({ length: 32 }, () => 9))
    const salt = get.mock.calls[0]?.[0].publicKey?.extensions?.prf?.evalByCredential?.[id]?.first as Uint8Array
    expect(Buffer.from(made.salt, 'base64url')).toEqual(Buffer.from(salt))
  })

  test.each([
    ['says that it gives none', { enabled: false }, undefined],
    ['gives none when asked for it either', { enabled: true }, {}],
    ['says nothing of it, and gives none', undefined, undefined],
    ['gives too few', { enabled: true }, { results: { first: new Uint8Array(16).buffer } }],
    ['gives too many', { enabled: true }, { results: { first: new Uint8Array(64).buffer } }],
  ] as [string, Prf | undefined, Prf | undefined][])('that %s is unsupported', async (_, made, asked) => {
    create.mockResolvedValue(new Given(id, made))
    get.mockResolvedValue(new Given(id, asked))
    await expect(makePasskey([])).rejects.toEqual(code('unsupported'))
  })

  test('names those that are there, so that none is kept twice in one place', async () => {
    create.mockImplementation(() => refusal('InvalidStateError'))
    const there = {
      kind: 'passkey',
      id: 'x',
      since: '',
      name: null,
      credentialId: 'AAAAAAAAAAAAAAAAAAAA_w',
      salt: 'A',
    } as const
    await expect(makePasskey([there])).rejects.toEqual(code('already-there'))
    const excluded = create.mock.calls[0]?.[0].publicKey?.excludeCredentials?.[0]?.id as Uint8Array
    expect(Buffer.from(excluded).toString('base64url')).toBe(
      Buffer.from(there.credentialId, 'base64url').toString('base64url'),
    )
  })
})

describe('asking for a passkey', () => {
  const ways = [
    { credentialId: id, salt: 'A'.repeat(43) },
    { credentialId: 'B'.repeat(40), salt: `${'B'.repeat(42)}A` },
  ]

  test('asks for any of them, each with its own salt, and says which it was', async () => {
    const first = bytes(3)
    get.mockResolvedValue(new Given(id, { results: { first } }))
    const { credentialId, prf } = await askPasskeys(ways)
    expect([credentialId, prf[31], new Uint8Array(first)[31]]).toEqual([id, 3, 0])
    const asked = get.mock.calls[0]?.[0].publicKey
    expect(asked?.allowCredentials).toHaveLength(2)
    expect(asked?.userVerification).toBe('required')
    expect(Object.keys(asked?.extensions?.prf?.evalByCredential ?? {})).toEqual(ways.map((way) => way.credentialId))
  })

  test.each([
    ['NotAllowedError', 'cancelled'],
    ['AbortError', 'cancelled'],
    ['TimeoutError', 'cancelled'],
    ['SecurityError', 'refused'],
    ['NotSupportedError', 'unsupported'],
    ['ConstraintError', 'unsupported'],
  ])('what the browser calls %s is told as %s', async (name, told) => {
    get.mockImplementation(() => refusal(name))
    await expect(askPasskeys(ways)).rejects.toEqual(code(told))
  })

  test('that comes to nothing, or to something else, is cancelled', async () => {
    for (const given of [null, { type: 'password' }]) {
      get.mockResolvedValue(given)
      await expect(askPasskeys(ways)).rejects.toEqual(code('cancelled'))
    }
  })
})

describe('passkeys work here', () => {
  test('where the browser knows them, and does not deny that they give keys', async () => {
    expect(await passkeysWork()).toBe(true)
    Given.getClientCapabilities.mockResolvedValueOnce({ 'extension:prf': false })
    expect(await passkeysWork()).toBe(false)
    Given.getClientCapabilities.mockResolvedValueOnce({})
    expect(await passkeysWork()).toBe(true)
    Given.getClientCapabilities.mockRejectedValueOnce(new TypeError('too old'))
    expect(await passkeysWork()).toBe(true)
    vi.stubGlobal('PublicKeyCredential', undefined)
    expect(await passkeysWork()).toBe(false)
  })

  test('but not in Firefox, which says that they do', async () => {
    vi.stubGlobal('location', { protocol: 'moz-extension:' })
    expect(await passkeysWork()).toBe(false)
  })
})
