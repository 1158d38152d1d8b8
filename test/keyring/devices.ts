// Devices that share one vault, for the tests of merging: what a person does on them, with clocks of their own, and what
// all of them must come to. Slots are of a kind that costs no work; what is tested here is not how they are made.

import fc from 'fast-check'
import { type MasterKey, randomBytes } from '../../src/bytes.ts'
import { type EpochKey, newBody, type VaultBody } from '../../src/keyring/body.ts'
import { type DocumentKeyring, needsRewrapping } from '../../src/keyring/documents.ts'
import { type VaultHeader, vaultFormat } from '../../src/keyring/record.ts'
import { canonical, keySets } from '../../src/keyring/stamps.ts'
import { sealVault, type Vault, withBody, withSlots } from '../../src/keyring/vault.ts'

export const start = Date.parse('2026-11-23T12:00:00.000Z')
const startIso = new Date(start).toISOString()
export const randomKey = () => Buffer.from(randomBytes(32)).toString('base64url')

/** A vault without password, of slots of another kind. */
export function bareVault(): Vault {
  const vaultId = Buffer.from(randomBytes(16)).toString('base64url')
  const slots = [{ id: 'first', kind: 'test' }]
  const header = { format: vaultFormat, vaultId, revision: 1, updatedAt: startIso, slots } as const
  return sealVault(randomBytes(32) as MasterKey, header, newBody(new Date(start)))
}

export function resealed(vault: Vault, header: Partial<VaultHeader>, body: VaultBody): Vault {
  return sealVault(vault.masterKey, { ...vault.header, ...header }, body)
}

/** Whether the master key of today wraps this document's key. */
export const isWrappedNow = (keyring: DocumentKeyring, one: unknown): boolean =>
  needsRewrapping(keyring, [one]).length === 0

/** All that counts of a vault, in one order and without what says nothing: two that are alike have the same. */
export function essence(vault: Vault): string {
  const { circles, retired: _retired, contacts: _contacts, ...body } = vault.body
  const keys = [...keySets(vault.body)].map(([id, set]) => [id, [...set.values()].map(({ epoch: _e, ...key }) => key)])
  const parts = {
    masterKey: [...vault.masterKey],
    slots: vault.header.slots.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    circles: circles.map(({ keys: _keys, ...circle }) => circle).sort((a, b) => (a.id < b.id ? -1 : 1)),
    keys: keys
      .map(([id, all]) => [id, (all as unknown[]).map(canonical).sort()])
      .sort(([a], [b]) => (`${a}` < `${b}` ? -1 : 1)),
    contacts: contactsOf(vault.body).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    body: { ...body, stamps: { ...body.stamps }, settings: { passkeyNames: {}, ...body.settings } },
  }
  return canonical(parts)
}

export type Act =
  | { readonly act: 'setting'; readonly name: string; readonly value: unknown }
  | { readonly act: 'circle'; readonly id: string; readonly name: string | null }
  | { readonly act: 'contact'; readonly id: string; readonly name: string | null }
  | { readonly act: 'field'; readonly name: string; readonly value: unknown }
  | { readonly act: 'key'; readonly id: string }
  | { readonly act: 'passkeyName'; readonly id: string; readonly name: string | null }
  | { readonly act: 'slot'; readonly id: string; readonly there: boolean }

const id = fc.constantFrom('a', 'b', 'c')
const name = fc.constantFrom('x', 'y', '__proto__', 'constructor')
const value = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(1, 2, 'two', null),
  fc.constant({ deep: { b: 1, a: [2] } }),
)

export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('setting' as const), name, value }),
  fc.record({ act: fc.constant('field' as const), name: fc.constantFrom('x', 'y', 'constructor'), value }),
  fc.record({ act: fc.constant('circle' as const), id, name: fc.option(fc.constantFrom('One', 'Two')) }),
  fc.record({ act: fc.constant('contact' as const), id, name: fc.option(fc.constantFrom('Ann', 'Bob')) }),
  fc.record({ act: fc.constant('key' as const), id: fc.oneof(id, fc.constant('personal')) }),
  fc.record({
    act: fc.constant('passkeyName' as const),
    id: fc.oneof(id, fc.constantFrom('__proto__', 'constructor')),
    name: fc.option(fc.constantFrom('Laptop', 'Phone')),
  }),
  fc.record({ act: fc.constant('slot' as const), id: fc.uuid(), there: fc.boolean() }),
)

/** What a device makes of its vault when a person does this on it. A new slot has a new id; one is removed by its place. */
export function done(vault: Vault, act: Act, now: Date): Vault {
  const { body } = vault
  if (act.act === 'slot') return slotsChanged(vault, act, now)
  if (act.act === 'setting') {
    const settings = Object.fromEntries([...Object.entries(body.settings ?? {}), [act.name, act.value]])
    return withBody(vault, { ...body, settings }, now)
  }
  if (act.act === 'passkeyName') {
    const { passkeyNames = {}, ...others } = body.settings ?? {}
    const names = Object.entries(passkeyNames as object).filter(([of]) => of !== act.id)
    const settings = {
      ...others,
      passkeyNames: Object.fromEntries([...names, ...(act.name ? [[act.id, act.name]] : [])]),
    }
    return withBody(vault, { ...body, settings }, now)
  }
  if (act.act === 'field')
    return withBody(
      vault,
      Object.fromEntries([...Object.entries(body), [act.name, act.value]]) as unknown as VaultBody,
      now,
    )
  if (act.act === 'contact') {
    const others = contactsOf(body).filter((contact) => contact.id !== act.id)
    const contacts = act.name === null ? others : [...others, { id: act.id, name: act.name }]
    return withBody(vault, { ...body, contacts }, now)
  }
  const found = body.circles.find((circle) => circle.id === act.id)
  const others = body.circles.filter((circle) => circle.id !== act.id)
  if (act.act === 'key') {
    if (!found) return vault
    const key = newKey(now, Math.max(...found.keys.map(({ epoch }) => epoch)) + 1)
    return withBody(vault, { ...body, circles: [...others, { ...found, keys: [...found.keys, key] }] }, now)
  }
  if (act.name === null) return withBody(vault, { ...body, circles: others }, now)
  const circle = { id: act.id, name: act.name, keys: found?.keys ?? [newKey(now, 1)] }
  return withBody(vault, { ...body, circles: [circle, ...others] }, now)
}

function slotsChanged(vault: Vault, { id, there }: { id: string; there: boolean }, now: Date): Vault {
  const { slots } = vault.header
  // The first one stays: devices that remove each other's last slots do not merge.
  const [second] = slots.filter((slot) => slot.id !== 'first')
  const changed = there ? [...slots, { id, kind: 'test' }] : slots.filter((slot) => slot !== second)
  return withSlots(vault, changed, now)
}

export function contactsOf(body: VaultBody): { id: string; name: string }[] {
  return (body.contacts ?? []) as { id: string; name: string }[]
}

function newKey(now: Date, epoch: number): EpochKey {
  return { epoch, key: randomKey(), createdAt: now.toISOString() }
}
