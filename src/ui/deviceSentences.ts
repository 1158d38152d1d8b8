// What is said of the vault on other devices: how it stands, what was refused and why, and what to do.

import type { Refusal, Status } from '../messages/devices.ts'

const refusals: Readonly<Record<Refusal, string>> = {
  damaged:
    'What lay in the browser’s sync was altered or damaged, so it was not taken in. The vault on this device is as it was.',
  rollback:
    'An older state of your vault lay in the browser’s sync in the place of a newer one. Nothing here was overwritten.',
  'other-vault':
    'Another vault lies in the browser’s sync. It was left there, and this device’s vault is not sent while it is.',
  'old-key':
    'A device that does not have the vault’s new key yet has sent its state, which was not taken in. Type the new ' +
    'password in the options of that device; what was changed there comes along then.',
  'newer-version':
    'What lies in the browser’s sync was made by a newer version. It is left as it is; update Fieldseal.',
  weakened:
    'What lies in the browser’s sync asks for less protection of the password than before, so it was not taken in. If ' +
    'you did not change the password on a slower device, someone altered it.',
  slots:
    'Each device has removed the ways to unlock that the other one has, so nothing would open the vault any more. ' +
    'Both were left as they are. Change the password on one of them.',
  clock:
    'Another device’s changes are dated in the future, so they were not taken in. Check the date and time on this ' +
    'device and on the other. Fieldseal tries again by itself, and nothing is lost.',
  implausible:
    'What lies in the browser’s sync has numbers that no real vault has, so someone altered it. It was not taken in, ' +
    'and the vault on this device is as it was.',
  'too-long': 'The vaults of both devices together are more than one vault can hold. Both were left as they are.',
}

export function refusalSentence(why: Refusal): string {
  return refusals[why]
}

/** `null` where nothing was looked at yet. */
export function statusSentence(status: Status | null): string {
  switch (status?.kind) {
    case undefined:
      return 'Not looked yet. Unlock the vault, and it is sent.'
    case 'in-step':
      return `In step with the browser’s sync since ${when(status.at)}.`
    case 'too-large':
      return (
        'This vault is too large for the browser’s sync, which holds about 100 kB. It is whole on this device. Take a ' +
        'backup file to your other devices instead.'
      )
    case 'pending':
      return (
        'The vault was given a new key on another device. Type the password it has there to take that in. If you did ' +
        'not do this, someone altered what lies in the browser’s sync: leave it.'
      )
    case 'refused':
      return refusals[status.why]
    case 'waiting':
      return waiting[status.why]
  }
}

const waiting = {
  locked: 'Something new from another device is here. Unlock the vault to take it in.',
  arriving: 'A change from another device is still arriving. It is looked at again by itself.',
  browser: 'The browser’s sync does not take it right now. It is tried again by itself; nothing is lost.',
} as const

export function when(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
