// What a vault remembers about who can get into it: which of its slots the person knows of, and what else may have let somebody
// in. Both lie in the sealed body, so that nobody without the key can take a notice away; and a slot counts as unknown until it
// is confirmed, so that none can come in unseen, by whatever way. Knows no clock. FORMAT.md §6.3.

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

/** Something that let the vault out of this browser: shown to another one, brought to another device, synced. */
export type AccessEvent = 'paired' | 'joined' | 'synced'

export interface Notice {
  /** Of the slot, or of the event. */
  readonly id: string
  readonly kind: 'password' | 'recovery' | 'passkey' | 'shares' | 'other' | AccessEvent
  /** As an ISO date; null where it is not known. */
  readonly at: string | null
  /** Of a passkey. */
  readonly name: string | null
}

/** Each event is a setting of its own, so that those of two devices are merged. */
const eventPrefix = 'access:'
/** More than anyone needs to be told to know that something is wrong. */
const eventsAtMost = 16
/** The same again within this time is a question asked twice. */
const sameEventMs = msPerMinute

const eventShape = v.object({ kind: v.picklist(['paired', 'joined', 'synced']), at: isoDate })

/** What nobody has confirmed, the latest first. */
export function unconfirmedNotices(vault: Pick<Vault, 'header' | 'body'>): Notice[] {
  const known = knownSlotIds(vault.body)
  const slots = vault.header.slots.filter(({ id }) => !known.has(id)).map((slot) => noticeOf(slot, vault))
  const newestFirst = (a: Notice, b: Notice) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1)
  return [...slots, ...eventsIn(vault)].sort(newestFirst)
}

/** The same vault with these confirmed; the same value where there is nothing of that name. */
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

/** The same vault with this remembered; the same value where it was a moment ago, or where too much is unconfirmed already. */
export function addEvent(vault: Vault, kind: AccessEvent, now: Date): Vault {
  const events = eventsIn(vault)
  const before = events.filter((event) => event.kind === kind).map(({ at }) => now.getTime() - Date.parse(at ?? ''))
  if (events.length >= eventsAtMost || before.some((ms) => ms >= 0 && ms < sameEventMs)) return vault
  const id = encodeBase64url(randomBytes(9))
  return withSettings(vault, { [eventPrefix + id]: { kind, at: now.toISOString() } }, now)
}

/** Whether `after` can be opened by something that `before` could not, or no longer by something that it could. */
export function changesAccess(before: Pick<Vault, 'header' | 'masterKey'>, after: Pick<Vault, 'header' | 'masterKey'>) {
  const texts = (vault: Pick<Vault, 'header'>) => vault.header.slots.map((slot) => JSON.stringify(slot)).sort()
  const [was, is] = [texts(before), texts(after)]
  const same = was.length === is.length && was.every((text, at) => text === is[at])
  return !same || !equalBytes(before.masterKey, after.masterKey)
}

/** The same vault with this said of its password; the same value where it is said already. */
export function setPasswordStrength(vault: Vault, strong: boolean, now: Date): Vault {
  const { slots } = vault.header
  return recordedStrength(slots, vault.body) === strong
    ? vault
    : withSettings(vault, passwordStrength(slots, strong), now)
}

function noticeOf(slot: Slot, { body }: Pick<Vault, 'body'>): Notice {
  const kinds = ['password', 'recovery', 'passkey', 'shares'] as const
  const kind = kinds.find((one) => one === slot.kind) ?? 'other'
  const at = v.safeParse(isoDate, (slot as { createdAt?: unknown }).createdAt)
  return {
    id: slot.id,
    kind,
    at: at.success ? at.output : null,
    name: kind === 'passkey' ? passkeyName(body, slot.id) : null,
  }
}

function eventsIn({ body }: Pick<Vault, 'body'>): Notice[] {
  return Object.entries(body.settings ?? {}).flatMap(([name, value]): Notice[] => {
    const event = name.startsWith(eventPrefix) && isPlainObject(value) ? v.safeParse(eventShape, value) : null
    return event?.success ? [{ id: name.slice(eventPrefix.length), name: null, ...event.output }] : []
  })
}
