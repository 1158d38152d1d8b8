// Requests for new keys: for later texts, and for the whole vault. Only the options make them.

import * as v from 'valibot'
import type { Table } from '../entry.ts'
import { empty, password, recoveryKey } from '../shapes.ts'
import { masterEpoch, prf, slotId } from './unlockMethods.ts'

export const rotationEntries = {
  /** Creates a new key for texts that are sealed from now on. */
  rotateCircleKey: { roles: ['options'], request: empty, response: empty, idempotent: false, activity: true },
  /** Every unlock method that is not proved here stops working. Failure 'wrong-secret'; 'conflict': `epoch` is not the current one. */
  rotateMasterKey: {
    roles: ['options'],
    request: v.strictObject({
      password,
      /** The master key to replace, from `listUnlockMethods`, so that a repeated request replaces it only once. */
      epoch: masterEpoch,
      recovery: v.strictObject({ kind: v.picklist(['same', 'new']), recoveryKey }),
      /** The passkeys to keep, each with its output for its salt. */
      passkeys: v.pipe(v.array(v.strictObject({ id: slotId, prf })), v.maxLength(32)),
    }),
    response: empty,
    idempotent: true,
    activity: true,
  },
} as const satisfies Table
