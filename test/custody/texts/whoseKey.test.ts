// Texts that were sealed on this very site, under a key that is not one's own: a page shows none of them, our own windows
// show them and say whose key it was. And of one's own keys: which had been replaced by the date of a text.

import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { sealText } from '../../../src/crypto/text.ts'
import { viewsInWindow } from '../../../src/custody/texts/displayPolicy.ts'
import { newestPersonal } from '../../../src/keyring/circles.ts'
import { newDocument } from '../../../src/keyring/documents.ts'
import { importCircles } from '../../../src/keyring/importCircles.ts'
import { documentKeyring, rotateCircle } from '../../../src/keyring/rotation.ts'
import { type Vault, withBody } from '../../../src/keyring/vault.ts'
import type { ReaderEvent } from '../../../src/messages/reader.ts'
import { writeDocument } from '../../../src/storage/documents.ts'
import { newDesk, ours, site } from '../backgrounds.ts'
import { emptyDevice, placeUnlocked, quickVault } from '../device.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

let made: Vault
let theirs: Vault
let at: ReturnType<typeof newDesk>
beforeAll(async () => {
  ;[made, theirs] = await Promise.all([quickVault(defaultCost), quickVault(defaultCost)])
})
beforeEach(emptyDevice)

const now = new Date()
const minutes = Math.floor(now.getTime() / 60_000) + 5
const sealWith = ({ body }: Vault, origin: string | null = site) =>
  sealText(newestPersonal(body), { text: 'a text', minutes, origin })
const removed = (vault: Vault) =>
  withBody(vault, { ...vault.body, circles: vault.body.circles.filter(({ id }) => id === 'personal') }, now)
const sharedBy = (vault: Vault, name: string) => {
  const keys = theirs.body.circles.flatMap(({ keys }) => keys)
  return withBody(vault, { ...vault.body, circles: [...vault.body.circles, { id: 'a', name, keys }] }, now)
}
const replaced = (vault: Vault) => withBody(vault, rotateCircle(vault.body, 'personal', now), now)
const own = { owner: 'personal', circle: null, earlier: false } as const

async function begin(vault: Vault) {
  await placeUnlocked(vault)
  at = newDesk()
}

/** What a frame in a page of this site is shown of a text. */
async function inPage(sealed: string) {
  const events: ReaderEvent[] = []
  const { readers } = at.desk
  const place = { tabId: 7, frameId: 0, origin: site, url: null, inPrivate: false, sealed, field: null }
  const { receive } = readers.admit({ tabId: 7, frameId: 3, send: (event) => void events.push(event) })
  receive({ request: 'redeem', ticket: readers.issue([place], 'D1')[0] ?? '', ancestors: [site] })
  await expect.poll(() => events.length).toBe(2)
  const [, shown] = events
  if (shown?.event !== 'show') throw new Error('expected to be shown something')
  return shown.view
}

const inWindow = async (sealed: string) =>
  (await viewsInWindow(at.desk.texts, at.desk.library.autoSave, [sealed], site))[0]

describe('a text of this very site under a key that is not of Personal', () => {
  test.each([
    ['of another vault', () => importCircles(made, theirs, now), { ...own, owner: 'other-vault' }],
    [
      'of a circle of another vault that was removed',
      () => removed(importCircles(made, theirs, now)),
      { ...own, owner: 'other-vault' },
    ],
    ['of a circle', () => sharedBy(made, 'Friends'), { ...own, owner: 'circle', circle: 'Friends' }],
    ['of a circle that was removed', () => removed(sharedBy(made, 'Friends')), { ...own, owner: 'removed-circle' }],
  ] as const)('%s opens in our own window only, which says whose it is', async (_, vault, under) => {
    await begin(vault())
    const sealed = await sealWith(theirs)
    expect(await inPage(sealed)).toEqual({ kind: 'closed', why: 'other-key' })
    expect(await inWindow(sealed)).toMatchObject({ kind: 'opened', text: 'a text', site: 'here', under })
    // Edited, it is said too.
    expect(await at.answers.getWindowContext({ windowRequest: await at.composing(sealed) }, ours)).toMatchObject({
      text: 'a text',
      under,
    })
  })

  test('sealed on another site or none is said to be under another key first', async () => {
    await begin(importCircles(made, theirs, now))
    for (const origin of ['https://other.example', null])
      expect(await inPage(await sealWith(theirs, origin))).toEqual({ kind: 'closed', why: 'other-key' })
  })
})

describe('a text under a key of one’s own', () => {
  test('that had been replaced by then opens in place and says so, whether a thief or a late device has sealed it', async () => {
    const sealed = await sealWith(made)
    await begin(made)
    expect(await inPage(sealed)).toMatchObject({ kind: 'opened', under: own })
    await emptyDevice()
    await begin(replaced(made))
    expect(await inPage(sealed)).toMatchObject({ kind: 'opened', under: { ...own, earlier: true } })
    expect(await inPage(await sealWith(replaced(made)))).toMatchObject({ kind: 'closed', why: 'not-for-us' })
  })
})

describe('an entry of the library', () => {
  const library = { ...ours, peer: 'library' as const }
  const id = 'n'.repeat(22)
  const time = now.getTime()
  const entry = { kind: 'text', text: 'a text', createdAt: time, changedAt: time, place: null, behind: false }

  const cases: [string, () => Vault, () => Promise<string> | null, object | null][] = [
    ['one’s own', () => made, () => sealWith(made), own],
    ['another vault’s', () => importCircles(made, theirs, now), () => sealWith(theirs), { owner: 'other-vault' }],
    ['earlier', () => replaced(made), () => sealWith(made), { ...own, earlier: true }],
    ['not here any more', () => made, () => sealWith(theirs), null],
    ['none', () => made, () => null, null],
  ]
  test.each(cases)('says whose key its sealed text is under: %s', async (_, vault, seal, under) => {
    await begin(vault())
    const content = { ...entry, sealed: await seal() }
    await writeDocument(await newDocument(documentKeyring(vault()), content as never, now, id), null, null)
    expect(await at.answers.openEntry({ id }, library)).toMatchObject({ text: 'a text', under })
  })
})
