// The part of the protocol that is about new keys: for the texts to come, and for the whole vault. For the options alone.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty, password, recoveryKey } from '../shapes.ts'
import { masterEpoch, prf, slotId } from './unlockMethods.ts'

export const rotationEntries = {
  /** A new key for the texts that are sealed from now on. */
  rotateCircleKey: { roles: ['options'], request: empty, response: empty, idempotent: false, activity: true },
  /** Whatever is not proved here stops opening the vault. Requested twice for one epoch, it is done once. */
  rotateMasterKey: {
    roles: ['options'],
    request: v.strictObject({
      password,
      /** The master key that is to be replaced, as `listUnlockMethods` gives it. */
      epoch: masterEpoch,
      recovery: v.strictObject({ kind: v.picklist(['same', 'new']), recoveryKey }),
      /** The passkeys that are to be kept, with what each gave for its salt. */
      passkeys: v.pipe(v.array(v.strictObject({ id: slotId, prf })), v.maxLength(32)),
    }),
    response: empty,
    idempotent: true,
    activity: true,
  },
} as const satisfies Table
