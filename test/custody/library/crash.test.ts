// The library when the power goes in the middle of giving a thousand documents new keys: at every tenth write, or at a share of
// these (depth.ts), and afterwards every text is what it was.

import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { defaultCost } from '../../../src/crypto/kdf.ts'
import { openDocuments } from '../../../src/keyring/documents.ts'
import { documentKeyring } from '../../../src/keyring/rotation.ts'
import type { Vault } from '../../../src/keyring/vault.ts'
import { type Found, type Row, rowsAfter } from '../../../src/storage/rows.ts'
import { depth, positions } from '../../depth.ts'
import { newDesk, ours } from '../backgrounds.ts'
import { emptyDevice, placeUnlocked, quickVault } from '../device.ts'
import { breakWrite } from '../faults.ts'
import { storeAll } from '../transferring.ts'

vi.mock('hash-wasm', () => import('../argon2.ts'))

const library = { ...ours, peer: 'library' as const }
const documents = 1_000
const everyWrites = 10

let made: Vault
beforeAll(async () => {
  made = await quickVault(defaultCost)
})
beforeEach(async () => {
  await emptyDevice()
  await placeUnlocked(made)
})

test('cut off at every tenth write, it goes on where it was, and loses no text and no letter', async () => {
  const at = Date.now()
  const texts = Array.from({ length: documents }, (_, nth) => ({
    text: `text ${nth}`,
    origin: null,
    url: null,
    createdAt: at,
    changedAt: at,
  }))
  await storeAll(newDesk().transfers.importTexts, { token: 'T'.repeat(22) }, [{ texts }])
  const all = texts.map(({ text }) => text).sort()
  const before = new Set((await rows()).map(({ row }) => keyOf(row)))
  let [cuts, whole] = [0, false]
  for (const position of positions()) {
    const { answers } = newDesk()
    const fault = breakWrite(position * everyWrites, 'crash')
    // The background of before may have got as far as asking for it.
    await answers.reencryptLibrary({}, library).catch(() => undefined)
    await vi.waitFor(async () => {
      const state = await answers.getLibraryState({}, library).catch(() => null)
      if (!fault.happened()) expect(state?.reencryption?.state).toBe('done')
    }, 20_000)
    whole = !fault.happened()
    fault.mend()
    expect(await plain()).toEqual(all)
    if (whole) break
    cuts++
  }
  // The last one came to its end: it is one that found everything as it was to be, or was cut by nothing.
  expect(cuts).toBeGreaterThan(20 * depth)
  const { answers } = newDesk()
  await answers.reencryptLibrary({}, library)
  await vi.waitFor(
    async () => expect((await answers.getLibraryState({}, library)).reencryption?.state).toBe('done'),
    20_000,
  )
  expect(await plain()).toEqual(all)
  expect((await rows()).filter(({ row }) => before.has(keyOf(row)))).toEqual([])
})

const rows = () => rowsAfter('documents', null, documents + 1)
const keyOf = (row: Row) => (row as Row & { wrappedKey: string }).wrappedKey

/** Every text, opened, none of them older than what was written. */
async function plain(): Promise<unknown[]> {
  const found: readonly Found[] = await rows()
  expect(found.every(({ row, newest }) => row.revision === newest)).toBe(true)
  const opened = await openDocuments(
    documentKeyring(made),
    found.map(({ row }) => row),
  )
  return opened.map((each) => ('content' in each ? each.content.text : each)).sort()
}
