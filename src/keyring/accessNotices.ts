// What the vault remembers about who can get into it: which of its slots the person knows of, and which events may have let
// someone in. Both are in the sealed body, so that nobody without the key can remove a notice. A slot counts as unknown until
// confirmed, so that none comes in unseen. Knows no clock. FORMAT.md §6.3.

import * as v from 'valibot'
import { encodeBase64url, equalBytes, randomBytes } from '../bytes.ts'
import { isPlainObject } from '../plainObject.ts'
import { msPerMinute } from '../time.ts'
import { knownSlotIds, knownSlots, passwordStrength, recordedStrength } from './access.ts'
import { passkeyName } from './passkeys.ts'
import type { VaultHeader } from './record.ts'
import { isoDate } from './shapes.ts'
import { type Vault, withBody, withSettings } from './vault.ts'

type Slot = VaultHeader['slots'][number]

/** The vault left this browser: shown to another, brought to another device, or synced. */
export type AccessEvent = 'paired' | 'joined' | 'synced'

/** A slot or an event that the person has not confirmed. */
export interface Notice {
  /** The id of the slot or of the event. */
  readonly id: string
  readonly kind: 'password' | 'recovery' | 'passkey' | 'shares' | 'other' | AccessEvent
  /** ISO date; null if unknown. */
  readonly at: string | null
  /** The name of a passkey; null otherwise. */
  readonly name: string | null
}

/** Each event is a setting of its own, so that the events of two devices merge. */
const eventPrefix = 'access:'
/** FORMAT.md §6.3: with this many unconfirmed events, no more are added. */
const maxEvents = 16
/** The same event within this time is a repeated request. */
const sameEventMs = msPerMinute

const eventShape = v.object({ kind: v.picklist(['paired', 'joined', 'synced']), at: isoDate })

/** All unconfirmed slots and events, the latest first. */
export function unconfirmedNotices(vault: Pick<Vault, 'header' | 'body'>): Notice[] {
  const known = knownSlotIds(vault.body)
  const slots = vault.header.slots.filter(({ id }) => !known.has(id)).map((slot) => noticeOf(slot, vault))
  const newestFirst = (a: Notice, b: Notice) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1)
  return [...slots, ...eventsIn(vault)].sort(newestFirst)
}

/** Confirms the notices with these ids; revision + 1. The same vault if there are none. */
export function confirmNotices(vault: Vault, ids: ReadonlySet<string>, now: Date): Vault {
  const confirmed = unconfirmedNotices(vault).filter(({ id }) => ids.has(id))
  if (confirmed.length === 0) return vault
  const known = knownSlotIds(vault.body)
  const ways = vault.header.slots.filter(({ id }) => known.has(id) || ids.has(id))
  const events = eventsIn(vault).filter(({ id }) => ids.has(id))
  const ended = Object.fromEntries(events.map(({ id }) => [eventPrefix + id, undefined]))
  const settings = { ...vault.body.settings, ...ended }
  return withBody(vault, { ...vault.body, ...knownSlots(ways), settings }, now)
}

/** Adds an event; revision + 1. The same vault if that event is less than a minute old, or 16 are unconfirmed. */
export function addEvent(vault: Vault, kind: AccessEvent, now: Date): Vault {
  const events = eventsIn(vault)
  const before = events.filter((event) => event.kind === kind).map(({ at }) => now.getTime() - Date.parse(at ?? ''))
  if (events.length >= maxEvents || before.some((ms) => ms >= 0 && ms < sameEventMs)) return vault
  const id = encodeBase64url(randomBytes(9))
  return withSettings(vault, { [eventPrefix + id]: { kind, at: now.toISOString() } }, now)
}

/** Whether the slots or the master key differ, so that something new opens `after`, or something no longer does. */
export function changesAccess(before: Pick<Vault, 'header' | 'masterKey'>, after: Pick<Vault, 'header' | 'masterKey'>) {
  const texts = (vault: Pick<Vault, 'header'>) => vault.header.slots.map((slot) => JSON.stringify(slot)).sort()
  const [oldTexts, newTexts] = [texts(before), texts(after)]
  const same = oldTexts.length === newTexts.length && oldTexts.every((text, index) => text === newTexts[index])
  return !same || !equalBytes(before.masterKey, after.masterKey)
}

/** Records whether the password is strong; revision + 1. The same vault if that is recorded already. */
export function setPasswordStrength(vault: Vault, strong: boolean, now: Date): Vault {
  const { slots } = vault.header
  return recordedStrength(slots, vault.body) === strong
    ? vault
    : withSettings(vault, passwordStrength(slots, strong), now)
}

function noticeOf(slot: Slot, { body }: Pick<Vault, 'body'>): Notice {
  const kinds = ['password', 'recovery', 'passkey', 'shares'] as const
  const kind = kinds.find((known) => known === slot.kind) ?? 'other'
  const createdAt = v.safeParse(isoDate, (slot as { createdAt?: unknown }).createdAt)
  return {
    id: slot.id,
    kind,
    at: createdAt.success ? createdAt.output : null,
    name: kind === 'passkey' ? passkeyName(body, slot.id) : null,
  }
}

function eventsIn({ body }: Pick<Vault, 'body'>): Notice[] {
  return Object.entries(body.settings ?? {}).flatMap(([name, value]): Notice[] => {
    const event = name.startsWith(eventPrefix) && isPlainObject(value) ? v.safeParse(eventShape, value) : null
    return event?.success ? [{ id: name.slice(eventPrefix.length), name: null, ...event.output }] : []
  })
}
