// Every change of the vault, cut off at everything that it asks of the world outside (lives.ts), or at a share of it
// (depth.ts). Whatever is found afterwards by a background that knows nothing is the old state or the new, whole: it unlocks
// by the secrets of that state and by no others, and texts, documents and shares of before still open. What was said to be
// done is done; and asked for once more, it comes about.

import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { encodeBase64url, type PrfOutput, randomBytes } from '../../src/bytes.ts'
import { defaultCost, leastCost } from '../../src/crypto/kdf.ts'
import { parseRecovery } from '../../src/crypto/recovery.ts'
import { formatShare, makeShares, newSharesSecret, parseShare } from '../../src/crypto/shares.ts'
import { sealText } from '../../src/crypto/text.ts'
import { beginBackup, endBackup } from '../../src/keyring/backup.ts'
import { newestPersonal } from '../../src/keyring/circles.ts'
import { newDocument, openDocument } from '../../src/keyring/documents.ts'
import { unlockWithPasskey, withPasskey } from '../../src/keyring/passkeys.ts'
import { documentKeyring, rotateCircle, rotateMasterKey } from '../../src/keyring/rotation.ts'
import { unlockWithShares, withShares } from '../../src/keyring/shares.ts'
import { newPasswordSlot, newRecoverySlot } from '../../src/keyring/slots.ts'
import { createVault, recoveryFits, unlockWithPassword, type Vault, withBody } from '../../src/keyring/vault.ts'
import type { Name } from '../../src/messages/protocol.ts'
import type { DraftRow } from '../../src/storage/drafts.ts'
import { readDrafts, writeDraft } from '../../src/storage/drafts.ts'
import { stagePiece } from '../../src/storage/staging.ts'
import { readVault } from '../../src/storage/vaults.ts'
import { BrowserSync } from '../../src/sync/browserSync.ts'
import { positions } from '../depth.ts'
import { newDesk, ours } from './backgrounds.ts'
import {
  another,
  anotherRecoveryKey,
  emptyDevice,
  password,
  placeUnlocked,
  placeVault,
  quickVault,
  recoveryKey,
  renewal,
  restartBrowser,
  storedRow,
} from './device.ts'
import { asking, live, liveOut } from './lives.ts'

vi.mock('hash-wasm', async () => {
  const { argon2id } = await import('./argon2.ts')
  const cutting: typeof argon2id = vi.fn(async (asked) => {
    asking('argon2id')
    return argon2id(asked)
  })
  return { argon2id: cutting }
})

const now = new Date('2026-11-26T06:00:00.000Z')
const token = 'T'.repeat(22)
const laptop = {
  credentialId: encodeBase64url(randomBytes(20)),
  salt: encodeBase64url(randomBytes(32)),
  prf: randomBytes(32) as PrfOutput,
}
const phone = { ...laptop, credentialId: encodeBase64url(randomBytes(20)) }
const prf = () => [...laptop.prf]

let made: Vault
let weak: Vault
let rotatedElsewhere: Vault
let foreign: Vault
let sealed: string
let laptopId: string
let shares: readonly string[]
let newShares: readonly string[]
beforeAll(async () => {
  shares = (await makeShares(newSharesSecret(), 2, 3)).map(formatShare)
  newShares = (await makeShares(newSharesSecret(), 2, 2)).map(formatShare)
  const complete = async (bare: Vault) =>
    withShares(withPasskey(bare, laptop, 'Laptop', now), shares.map(parseShare), now)
  made = await complete(await quickVault(defaultCost))
  weak = await quickVault(leastCost)
  laptopId = made.header.slots.find(({ kind }) => kind === 'passkey')?.id ?? ''
  sealed = await sealText(newestPersonal(made.body), { text: 'kept', minutes: 1, origin: null })
  foreign = await createVault({ password: another, recovery: parseRecovery(anotherRecoveryKey), cost: leastCost }, now)
  rotatedElsewhere = await rotateMasterKey(
    made,
    async (held) => [
      await newPasswordSlot(held, another, defaultCost, now),
      newRecoverySlot(held, parseRecovery(recoveryKey), now),
    ],
    now,
  )
})

/** What opens a vault. Each that is not in a state's list must not. */
interface Secrets {
  readonly passwords?: readonly string[]
  readonly recovery?: readonly string[]
  readonly passkeys?: readonly (typeof laptop)[]
  readonly shares?: readonly (readonly string[])[]
}
const usual: Required<Secrets> = {
  passwords: [password],
  recovery: [recoveryKey],
  passkeys: [laptop],
  shares: [['first set']],
}

interface Change {
  readonly name: Name
  readonly ask: () => object
  /** The state before; `made`, unlocked, where nothing is said. Null for no vault. */
  readonly from?: () => Vault | null
  /** Whether it begins with the vault locked. */
  readonly locked?: true
  readonly prepare?: () => Promise<unknown>
  /** What opens the vault after it, where that is not what opened it before. */
  readonly opens?: Secrets
  /** How many documents there are after it. */
  readonly documents?: number
}

const changes: Record<string, Change> = {
  'making a vault': {
    name: 'createVault',
    from: () => null,
    ask: () => ({ password, recoveryKey }),
    opens: { passkeys: [], shares: [] },
  },
  unlocking: { name: 'unlock', locked: true, ask: () => ({ password }) },
  'unlocking what is to be made stronger': {
    name: 'unlock',
    locked: true,
    from: () => weak,
    ask: () => ({ password }),
    opens: { passkeys: [], shares: [] },
  },
  'unlocking by a passkey': {
    name: 'unlockByPasskey',
    locked: true,
    ask: () => ({ credentialId: laptop.credentialId, prf: prf() }),
  },
  'a new password': {
    name: 'changePassword',
    ask: () => ({ current: password, next: another }),
    opens: { passwords: [another] },
  },
  'a new password by the recovery key': {
    name: 'recover',
    locked: true,
    ask: () => ({ recoveryKey, password: another }),
    opens: { passwords: [another] },
  },
  'a new password by shares': {
    name: 'recoverByShares',
    locked: true,
    ask: () => ({ shares: shares.slice(1), password: another }),
    opens: { passwords: [another] },
  },
  'a new recovery key': {
    name: 'replaceRecoveryKey',
    ask: () => ({ recoveryKey: anotherRecoveryKey }),
    opens: { recovery: [anotherRecoveryKey] },
  },
  'a new text key': { name: 'rotateCircleKey', ask: () => ({}) },
  'a new text key, kept in step with other devices': {
    name: 'rotateCircleKey',
    prepare: () => newDesk().answers.setSync({ on: true }, ours),
    ask: () => ({}),
  },
  'a new master key, with all that is proved': {
    name: 'rotateMasterKey',
    ask: () => renewal({ recovery: { kind: 'same', recoveryKey }, passkeys: [{ id: laptopId, prf: prf() }] }),
    opens: { shares: [] },
  },
  'a new master key, with a new recovery key': {
    name: 'rotateMasterKey',
    ask: () => renewal(),
    opens: { recovery: [anotherRecoveryKey], passkeys: [], shares: [] },
  },
  'adding a passkey': {
    name: 'addPasskey',
    ask: () => ({ name: 'Phone', ...phone, prf: prf() }),
    opens: { passkeys: [laptop, phone] },
  },
  'naming a passkey': { name: 'renamePasskey', ask: () => ({ id: laptopId, name: 'Old laptop' }) },
  'removing a passkey': { name: 'removePasskey', ask: () => ({ id: laptopId }), opens: { passkeys: [] } },
  'making shares': {
    name: 'replaceShares',
    ask: () => ({ shares: [...newShares], names: ['Ada', 'Bo'] }),
    opens: { shares: [['second set']] },
  },
  'taking shares back': { name: 'removeShares', ask: () => ({}), opens: { shares: [] } },
  'testing the recovery key': { name: 'testRecoveryKey', ask: () => ({ recoveryKey }) },
  'naming the vault': { name: 'nameVault', ask: () => ({ vaultName: 'Hers' }) },
  'putting off a test': { name: 'postponeRecoveryTest', ask: () => ({}) },
  'choosing when to lock': {
    name: 'setAutoLock',
    ask: () => ({ choice: { minutes: 60, onScreenLock: false, onLastWindow: true } }),
  },
  'restoring where there is no vault': {
    name: 'restoreBackup',
    from: () => null,
    prepare: () => stage(made, 2),
    ask: () => ({ token, pieces: 1, secret: { kind: 'password', password } }),
    documents: 2,
  },
  'restoring a later state of this vault': {
    name: 'restoreBackup',
    prepare: () => stage(withBody(made, rotateCircle(made.body, 'personal', now), now), 2),
    ask: () => ({ token, pieces: 1, secret: null }),
    documents: 4,
  },
  'restoring another vault’s backup': {
    name: 'restoreBackup',
    prepare: () => stage(foreign, 2),
    ask: () => ({ token, pieces: 1, secret: { kind: 'password', password: another } }),
    documents: 4,
  },
  'joining by a file': {
    name: 'joinVault',
    from: () => null,
    ask: () => ({ file: JSON.stringify(made.record), by: { kind: 'password', password } }),
  },
  'joining by the browser’s sync': {
    name: 'joinVault',
    from: () => null,
    prepare: () => lie(made),
    ask: () => ({ file: null, by: { kind: 'recovery', recoveryKey } }),
  },
  'taking in what another device changed': {
    name: 'setSync',
    prepare: () => lie(withBody(made, rotateCircle(made.body, 'personal', now), now)),
    ask: () => ({ on: true }),
  },
  'taking in a new master key of another device': {
    name: 'acceptSyncedVault',
    prepare: async () => {
      await lie(rotatedElsewhere)
      await newDesk().answers.setSync({ on: true }, ours)
    },
    ask: () => ({ password: another }),
    opens: { passwords: [another], passkeys: [], shares: [] },
  },
}

// What happens at the end of a life is told as unexpected, and is meant.
vi.spyOn(console, 'error').mockImplementation(() => undefined)

test.each(Object.entries(changes))('%s may be cut off anywhere', async (_what, change) => {
  const left: string[] = []
  for (const nth of positions()) {
    const before = await liveOut(() => begin(change))
    const life = await live(nth, () => asked(change))
    const done = life.outcome.status === 'fulfilled'
    const after = (await readVault())?.row ?? null
    const isNew = !isDeepStrictEqual(after, before)
    if (done && !isNew) expect(neverStores(change)).toBe(true)
    left.push(isNew ? 'new' : 'old')
    await liveOut(() => check(change, isNew, before !== null, `${nth}: ${life.asked.at(-1)}`))
    if (life.cut) continue
    // Not cut: all of it was asked.
    expect(done).toBe(true)
    met.push(...life.asked)
    expect(life.asked.length).toBeGreaterThan(5)
    break
  }
  // Nothing of it before the one moment, and all of it after.
  expect(left.join()).toMatch(neverStores(change) ? /^(old,?)+$/ : /^(old,)+new(,new)*$/)
  // Cut off at the first thing it asks, it can be asked for again.
  await liveOut(() => begin(change))
  await live(1, () => asked(change))
  if (change.locked === undefined) await liveOut(() => asked(change))
})

const met: string[] = []
describe('among the things that were asked', () => {
  test.each([
    'database.transaction',
    'store.get',
    'store.getAll',
    'store.put',
    'storage.session.get',
    'storage.session.set',
    'storage.sync.get',
    'storage.sync.set',
    'subtle.generateKey',
    'subtle.importKey',
    'subtle.encrypt',
    'subtle.decrypt',
    'argon2id',
  ])('is %s', (what) => expect(met).toContain(what))
})

/** An unlocking stores no other vault, unless it makes its password slot stronger. */
function neverStores({ name, from }: Change): boolean {
  return (name === 'unlock' || name === 'unlockByPasskey') && from === undefined
}

/** The state from which a change begins, and the record that is stored then. */
async function begin({ from = () => made, locked, prepare }: Change) {
  await emptyDevice()
  const vault = from()
  if (vault !== null) {
    await (locked ? placeVault(vault) : placeUnlocked(vault))
    for (const id of ['a', 'b']) await writeDraft(await document(vault, id), true)
  }
  await prepare?.()
  return vault && storedRow()
}

/** In a background of its own, as a window of ours asks it. */
function asked({ name, ask }: Change): Promise<unknown> {
  const answer = newDesk().answers[name as 'unlock'] as (given: object, asker: typeof ours) => Promise<unknown>
  return answer(ask(), ours)
}

/** As a background finds it that knows nothing, in this browser session and in the next. */
async function check({ opens = {}, from, documents }: Change, isNew: boolean, wasThere: boolean, at: string) {
  if (!isNew && !wasThere) return expect((await newDesk().answers.getVaultState({}, ours)).vault, at).toBe('none')
  const before = from?.() === weak ? { ...usual, passkeys: [], shares: [] } : usual
  const secrets = isNew ? { ...usual, ...opens } : before
  const row = await storedRow()
  const vaults: Vault[] = []
  for (const one of [password, another]) {
    const vault = await unlockWithPassword(row, one).catch(() => null)
    expect([at, one, vault !== null]).toEqual([at, one, secrets.passwords.includes(one)])
    if (vault !== null) vaults.push(vault)
  }
  for (const one of [recoveryKey, anotherRecoveryKey])
    expect([at, one, recoveryFits(row, parseRecovery(one))]).toEqual([at, one, secrets.recovery.includes(one)])
  for (const one of [laptop, phone])
    expect([at, opensByPasskey(row, one)]).toEqual([at, secrets.passkeys.includes(one)])
  for (const [set, which] of [[shares, 'first set'] as const, [newShares, 'second set'] as const]) {
    const opened = await unlockWithShares(row, set.slice(0, 2).map(parseShare)).catch(() => null)
    expect([at, which, opened !== null]).toEqual([at, which, secrets.shares.flat().includes(which)])
  }

  await restartBrowser()
  const { answers } = newDesk()
  await answers.unlock({ password: secrets.passwords[0] ?? '' }, ours)
  if (row.vaultId === made.vaultId) expect((await answers.practiceOpening({ sealed }, ours)).text, at).toBe('kept')
  const { sealed: again } = await answers.practiceSealing({ text: 'new' }, ours)
  expect((await answers.practiceOpening({ sealed: again }, ours)).text, at).toBe('new')
  await texts(vaults[0] as Vault, isNew ? (documents ?? (wasThere ? 2 : 0)) : 2, at)
}

async function texts(vault: Vault, count: number, at: string): Promise<void> {
  const rows = await readDrafts(false)
  const opened = await Promise.all(rows.map((row) => openDocument(documentKeyring(vault), row)))
  expect(
    opened.map(({ content }) => content.text),
    at,
  ).toEqual(rows.map(({ id }) => `text ${id}`))
  expect(rows.length, at).toBe(count)
}

function opensByPasskey(row: Vault['record'], { credentialId, prf: answer }: typeof laptop): boolean {
  try {
    return unlockWithPasskey(row, credentialId, answer) !== null
  } catch {
    return false
  }
}

function document(vault: Vault, id: string): Promise<DraftRow> {
  return newDocument(documentKeyring(vault), { text: `text ${id}` }, now, id)
}

/** A backup with this vault and some documents, handed over to be restored. */
async function stage(vault: Vault, count: number): Promise<void> {
  const { addToBackup } = await import('../../src/keyring/backup.ts')
  let { line: text, chain } = beginBackup(vault.record, now)
  for (const id of ['c', 'd'].slice(0, count)) {
    const added = addToBackup(chain, { kind: 'draft', document: { ...(await document(vault, id)) } })
    text += added.line
    chain = added.chain
  }
  await stagePiece(token, 0, text + endBackup(vault, chain, count))
}

/** Puts a vault into the browser's sync. */
async function lie({ record, vaultId, header }: Vault): Promise<void> {
  await new BrowserSync().write(record, { vaultId, revision: header.revision })
}
