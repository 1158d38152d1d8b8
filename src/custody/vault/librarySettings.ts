// What a person chose for the library: part of the vault, so that it is the same on every device.

import type { Vault } from '../../keyring/vault.ts'
import { withSettings } from '../../keyring/vault.ts'
import type { Request } from '../../messages/protocol.ts'
import { defaultKeyAgeDays, maxKeyAgeDays } from '../../policy.ts'
import { msPerDay } from '../../time.ts'

type Settings = Request<'setLibrarySettings'>

/** What is not there, or not understood, is as it is for everyone who chose nothing. */
export function librarySettings({ body }: Vault): Settings {
  const { keepTexts, rekeyAfterDays } = body.settings ?? {}
  const days =
    typeof rekeyAfterDays === 'number' && Number.isInteger(rekeyAfterDays) ? rekeyAfterDays : defaultKeyAgeDays
  return { keepTexts: keepTexts !== false, rekeyAfterDays: Math.min(Math.max(days, 1), maxKeyAgeDays) }
}

/** The vault with these; the same where nothing changes. */
export function withLibrarySettings(vault: Vault, { keepTexts, rekeyAfterDays }: Settings): Vault {
  const before = librarySettings(vault)
  if (before.keepTexts === keepTexts && before.rekeyAfterDays === rekeyAfterDays) return vault
  return withSettings(vault, { keepTexts, rekeyAfterDays }, new Date())
}

/** Whether a key or a sealed text made then is old by now, milliseconds since 1970. */
export function isOld(vault: Vault, madeAt: number): boolean {
  return Date.now() - madeAt > librarySettings(vault).rekeyAfterDays * msPerDay
}
