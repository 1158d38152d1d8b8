// The protocol as a table: each entry with each peer, generated. What a content script can be told is read off the
// table too, by having handlers try to tell it more.

import { describe, expect, test, vi } from 'vitest'
import { type Entry, roles } from '../../src/messages/entry.ts'
import { type Name, protocol } from '../../src/messages/protocol.ts'
import { respond } from '../../src/messages/serve.ts'
import { answers, asks, names, noting } from './samples.ts'
import { peersBut, senders } from './senders.ts'

const entry = (name: Name): Entry => protocol[name]
const refusals = names.flatMap((name) => peersBut(entry(name).roles).map((peer) => ({ name, peer })))
const admissions = names.flatMap((name) => entry(name).roles.map((peer) => ({ name, peer })))

describe('who may not ask', () => {
  test.each(refusals)('$peer is refused `$name`, and nothing is done', async ({ name, peer }) => {
    const { handlers, reached } = noting()
    expect(await respond(handlers, { name, request: asks[name] }, senders[peer])).toEqual({
      ok: false,
      code: 'refused',
    })
    expect(reached).toEqual([])
  })
})

describe('who may ask', () => {
  test.each(admissions)('$peer is answered `$name`', async ({ name, peer }) => {
    const { handlers, reached } = noting()
    const reply = await respond(handlers, { name, request: asks[name] }, senders[peer])
    expect(reply).toEqual({ ok: true, value: answers[name] })
    expect(reached).toEqual([{ name, ask: asks[name], asker: expect.objectContaining({ role: peer }) }])
  })

  test('every entry and every peer was tried with every other', () => {
    expect(refusals.length + admissions.length).toBe(names.length * roles.length)
    expect(names.length).toBeGreaterThan(20)
  })
})

describe('the table', () => {
  test('gives a content script none of what our own windows may ask', () => {
    const mayAsk = names.filter((name) => entry(name).roles.includes('content'))
    expect(mayAsk).toEqual([
      'issueTickets',
      'openWindow',
      'seal',
      'compose',
      'openPutBackWindow',
      'offerSealedText',
      'getSiteState',
      'loadFieldScript',
      'reportTextCount',
      'alwaysSealField',
      'stopSealingField',
      'endFieldChoice',
      'openUnlock',
    ])
    for (const name of mayAsk) expect(entry(name).roles).toEqual(['content'])
  })

  test('takes nothing that a content script or a window asks by itself for a person’s act', () => {
    for (const name of names.filter((name) => entry(name).roles.includes('content'))) {
      expect(entry(name).activity, name).toBe(false)
    }
    for (const name of [
      'getVaultState',
      'getAutoLock',
      'getLibraryState',
      'listEntries',
      'recordUnsavedText',
      'listAccessNotices',
      'getWindowContext',
    ] as const) {
      expect(entry(name).activity, name).toBe(false)
    }
  })

  test('takes passwords from the popup and tabs of ours alone, and lets a reader ask nothing', () => {
    const takes = (secret: RegExp) => names.filter((name) => secret.test(JSON.stringify(asks[name])))
    const takesSecrets = takes(/password|recovery|shares/i)
    expect(takesSecrets.length).toBeGreaterThan(6)
    // What opens the vault without its password is typed into tabs alone.
    for (const name of takes(/recoveryKey|shares/)) expect(entry(name).roles).not.toContain('popup')
    // The library's tab asks for the password once more before a text leaves it in the clear, and for nothing else.
    const may = (name: Name) => ['popup', 'onboarding', 'options', ...(name === 'proveByPassword' ? ['library'] : [])]
    for (const name of takesSecrets) for (const peer of entry(name).roles) expect(may(name)).toContain(peer)
    expect(names.filter((name) => entry(name).roles.includes('reader'))).toEqual([])
  })

  test('asks again only what may be done twice: never what makes, places, opens or gives away something', () => {
    expect(names.filter((name) => !entry(name).idempotent)).toEqual([
      'createVault',
      'changePassword',
      'rotateCircleKey',
      'joinVault',
      'saveEntry',
      'findOnPage',
      'placeEntry',
      'sealComposedText',
      'confirmPutBack',
      'composeDraft',
      'compose',
      'openPutBackWindow',
      'offerSealedText',
      'composeHere',
      'printPage',
      'alwaysSealField',
    ])
  })
})

describe('a content script', () => {
  const secret = 'what only the person may read'
  const forContent = names.filter((name) => entry(name).roles.includes('content'))

  /** The same answer with every string in it made into the secret. */
  const revealing = (value: unknown): unknown => {
    if (typeof value === 'string') return secret
    if (Array.isArray(value)) return value.map(revealing)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealing(inner)]))
  }

  test.each(forContent)('is told nothing by `%s` beyond the fields of its answer', async (name) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    for (const more of [{ text: secret }, { texts: [secret], password: secret }, { view: { text: secret } }]) {
      const { handlers, reached } = noting(() => ({ ...answers[name], ...more }))
      const reply = await respond(handlers, { name, request: asks[name] }, senders.content)
      expect(reached.length).toBe(1)
      expect(JSON.stringify(reply)).not.toContain(secret)
    }
    logged.mockRestore()
  })

  test('is given no plaintext by any answer, even where a handler would', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const giving: Name[] = []
    for (const name of forContent) {
      const { handlers } = noting(() => revealing(answers[name]))
      const reply = await respond(handlers, { name, request: asks[name] }, senders.content)
      if (JSON.stringify(reply).includes(secret)) giving.push(name)
    }
    expect(giving).toEqual([])
    logged.mockRestore()
  })
})
