// The one way in which a page is given a plaintext: at the person's command, after a window of ours has asked, once, for one
// text in one field of one document; and who gets nothing.

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { sealText } from '../../../src/crypto/text.ts'
import { endRequestsOf } from '../../../src/custody/composer/windowRequests.ts'
import { newestPersonal } from '../../../src/keyring/circles.ts'
import { importCircles } from '../../../src/keyring/importCircles.ts'
import { rotateCircle } from '../../../src/keyring/rotation.ts'
import { type Vault, withBody } from '../../../src/keyring/vault.ts'
import type { Caller } from '../../../src/messages/handlers.ts'
import { box, content, draftId, field, newDesk, ours, site } from '../backgrounds.ts'
import { dump, emptyDevice, placeUnlocked, quickVault } from '../device.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const minute = 60_000
const now = new Date()

let made: Vault
let theirs: Vault
let at: ReturnType<typeof newDesk>
let sealed: string
beforeAll(async () => {
  ;[made, theirs] = await Promise.all([quickVault(defaultCost), quickVault(defaultCost)])
  sealed = await sealedBy(made)
})
beforeEach(async () => {
  await emptyDevice()
  await placeUnlocked(made)
  at = newDesk()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const code = (expected: string) => expect.objectContaining({ name: 'Failure', code: expected })
const sealedBy = ({ body }: Vault, origin: string | null = site) =>
  sealText(newestPersonal(body), { text: 'a text', minutes: Math.floor(now.getTime() / minute), origin })
const { tabId, frameId } = { tabId: 7, frameId: 2 }
const ask = (asker: Caller = content, text = sealed) =>
  at.answers.openPutBackWindow({ field, sealed: text, box }, asker)
/** The person commands it, and the frame asks for the window. Gives the token of its window request. */
const asking = async (text = sealed) => {
  await at.desk.putBack.commanded(tabId, frameId, () => ask(content, text))
  return at.windowRequest()
}
const begin = (windowRequest: string) => at.answers.getWindowContext({ windowRequest }, ours)
const agree = (windowRequest: string) => at.answers.confirmPutBack({ windowRequest }, ours)
const given = { place: expect.objectContaining({ tabId, frameId, documentId: 'D1' }), told: expect.anything() }

describe('an opened text is put back', () => {
  test('after a window has named site and field and shown it: that text, to that document, for that field', async () => {
    const windowRequest = await asking()
    expect(at.opened).toEqual([{ windowRequest, beside: box, windowId: 100 }])
    expect(await begin(windowRequest)).toEqual({
      purpose: 'put-back',
      cue: made.body.cue,
      host: 'notes.example',
      field: 'Note',
      sealed,
      view: expect.objectContaining({ kind: 'opened', text: 'a text', site: 'here' }),
      refusal: null,
    })
    expect(at.given).toEqual([])
    expect(await agree(windowRequest)).toEqual({ placed: true })
    expect(at.given).toEqual([{ ...given, told: { field: field.id, sealed, text: 'a text' } }])
    expect(JSON.stringify(await dump())).not.toContain('a text')
  })

  test('under an earlier key of one’s own too', async () => {
    await emptyDevice()
    await placeUnlocked(withBody(made, rotateCircle(made.body, 'personal', now), now))
    const windowRequest = await asking()
    expect(await begin(windowRequest)).toMatchObject({ refusal: null, view: { kind: 'opened' } })
    expect(await agree(windowRequest)).toEqual({ placed: true })
  })

  test('once: what was agreed to twice, also at the same moment, is given one time', async () => {
    const windowRequest = await asking()
    const both = await Promise.allSettled([agree(windowRequest), agree(windowRequest)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(agree(windowRequest)).rejects.toEqual(code('gone'))
    expect(at.given).toHaveLength(1)
    // The window still shows it, and asks no more.
    expect(await begin(windowRequest)).toMatchObject({ view: { text: 'a text' }, refusal: 'over' })
  })

  test('not later than five minutes after the command', async () => {
    const windowRequest = await asking()
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 5 * minute)
    await expect(agree(windowRequest)).rejects.toEqual(code('gone'))
    expect(await begin(windowRequest)).toMatchObject({ refusal: 'over' })
    expect(at.given).toEqual([])
  })

  test('not while the vault is locked, nor while it is being locked; that uses nothing up', async () => {
    const windowRequest = await asking()
    const locking = at.desk.locking.lock()
    await expect(agree(windowRequest)).rejects.toEqual(code('locked'))
    await locking
    await expect(agree(windowRequest)).rejects.toEqual(code('locked'))
    await placeUnlocked(made)
    at = newDesk()
    expect(await agree(windowRequest)).toEqual({ placed: true })
  })

  test('not after its window was closed', async () => {
    const windowRequest = await asking()
    await endRequestsOf(100)
    await expect(agree(windowRequest)).rejects.toEqual(code('gone'))
  })

  test('by no window that was opened for something else', async () => {
    const composing = await at.composing(sealed)
    await expect(agree(composing)).rejects.toEqual(code('refused'))
    await at.desk.windows.readInWindow(site, [sealed], false)
    await expect(agree(at.windowRequest())).rejects.toEqual(code('refused'))
    await expect(agree(draftId('x'))).rejects.toEqual(code('gone'))
  })

  test('and it is said why it was not: the document is gone, or the field is not as it was', async () => {
    at.world.putBack = null
    expect(await agree(await asking())).toEqual({ placed: false, why: 'gone' })
    at.world.putBack = { placed: false, why: 'changed' }
    expect(await agree(await asking())).toEqual({ placed: false, why: 'changed' })
  })

  test.each([
    ['sealed on another site', () => made, () => sealedBy(made, 'https://other.example')],
    ['sealed on no site', () => made, () => sealedBy(made, null)],
    ['under a key of another vault', () => importCircles(made, theirs, now), () => sealedBy(theirs)],
  ])('not where it was %s: our window shows it, and nothing more', async (_, vault, seal) => {
    await emptyDevice()
    await placeUnlocked(vault())
    const windowRequest = await asking(await seal())
    expect(await begin(windowRequest)).toMatchObject({ view: { kind: 'opened', text: 'a text' }, refusal: 'foreign' })
    await expect(agree(windowRequest)).rejects.toEqual(code('refused'))
    expect(at.given).toEqual([])
  })

  test('not where it does not open', async () => {
    const windowRequest = await asking(await sealedBy(theirs))
    expect(await begin(windowRequest)).toMatchObject({ view: { kind: 'closed', why: 'not-for-us' } })
    await expect(agree(windowRequest)).rejects.toEqual(code('not-for-us'))
  })
})

describe('the window that asks', () => {
  const told = (asker: Caller) => at.desk.putBack.commanded(tabId, frameId, () => ask(asker))

  test('opens at a command only, in the frame that this means, once', async () => {
    await expect(ask()).rejects.toEqual(code('refused'))
    await expect(told({ ...content, frameId: 3 })).rejects.toEqual(code('refused'))
    await expect(told({ ...content, tabId: 8 })).rejects.toEqual(code('refused'))
    await expect(told({ ...content, documentId: null })).rejects.toEqual(code('refused'))
    const twice = () => Promise.allSettled([ask(), ask()])
    let both: PromiseSettledResult<unknown>[] = []
    await at.desk.putBack.commanded(tabId, frameId, async () => {
      both = await twice()
    })
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(ask()).rejects.toEqual(code('refused'))
    // A frame that did not ask while it was told cannot later.
    await at.desk.putBack.commanded(tabId, frameId, async () => undefined)
    await expect(ask()).rejects.toEqual(code('refused'))
    expect(at.opened).toHaveLength(1)
  })

  test('is one for the same text in the same field, until it was used', async () => {
    const windowRequest = await asking()
    at.world.raises = true
    await asking()
    expect([at.opened.length, at.raised]).toEqual([1, [100]])
    await agree(windowRequest)
    await asking()
    expect(at.opened).toHaveLength(2)
  })

  test('is granted by no seal and no composer', async () => {
    const grants = async () => JSON.stringify(await fakeBrowser.storage.session.get()).match(/put-back/g) ?? []
    await at.answers.seal({ text: 'a text', replaces: null }, content)
    const composing = await at.composing(sealed)
    await at.answers.sealComposedText({ windowRequest: composing, draft: draftId('d'), text: 'a text' }, ours)
    expect(await grants()).toEqual([])
    await expect(ask()).rejects.toEqual(code('refused'))
    expect(at.given).toEqual([])
    await asking()
    expect(await grants()).toHaveLength(1)
  })
})
