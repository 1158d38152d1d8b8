// Passkeys and the list of ways into the vault. What a passkey gave is held as bytes while it is used and wiped after; it is
// never stored. Every change goes through the custodian's turns.

import type { PrfOutput } from '../bytes.ts'
import { Failure } from '../failure.ts'
import type { VaultBody } from '../keyring/body.ts'
import { passkeyName, unlockWithPasskey, withoutPasskey, withPasskey, withPasskeyName } from '../keyring/passkeys.ts'
import {
  isPasskeySlot,
  isPasswordSlot,
  isRecoverySlot,
  isSharesSlot,
  parseRecord,
  type VaultHeader,
} from '../keyring/record.ts'
import type { Handlers } from '../messages/handlers.ts'
import type { Prf, Way, ways } from '../messages/ways.ts'
import { readVault } from '../storage/vaults.ts'
import type { Custodian } from './custodian.ts'
import type { Settled } from './settled.ts'

export function passkeyAnswers(custodian: Custodian, settled: Settled): Pick<Handlers, keyof typeof ways> {
  return {
    waysIn: async () => ({ ways: await waysIn(custodian) }),
    unlockByPasskey: ({ credentialId, prf }) =>
      settled(() =>
        wiping(prf, (output) => custodian.unlockBy(async (row) => unlockWithPasskey(row, credentialId, output))),
      ),
    addPasskey: ({ name, credentialId, salt, prf }) =>
      settled(() =>
        wiping(prf, (output) =>
          custodian.change((vault) => withPasskey(vault, { credentialId, salt, prf: output }, name, new Date())),
        ),
      ),
    renamePasskey: ({ id, name }) =>
      settled(() => custodian.change((vault) => withPasskeyName(vault, id, name, new Date()))),
    removePasskey: ({ id }) => settled(() => custodian.change((vault) => withoutPasskey(vault, id, new Date()))),
  }
}

/** The slots as they stand in the header, which lies in the clear; the names of passkeys only while it is unlocked. */
async function waysIn(custodian: Custodian): Promise<Way[]> {
  const vault = await custodian.peek()
  if (vault !== null) return vault.header.slots.map((slot) => wayOf(slot, vault.body))
  const found = await readVault()
  if (found === null) throw new Failure('no-vault')
  return parseRecord(found.row).header.slots.map((slot) => wayOf(slot, null))
}

function wayOf(slot: VaultHeader['slots'][number], body: VaultBody | null): Way {
  const { id } = slot
  if (isPasswordSlot(slot)) {
    const { memoryKiB, iterations } = slot.kdf
    return { kind: 'password', id, since: slot.createdAt, memoryKiB, passes: iterations }
  }
  if (isRecoverySlot(slot)) return { kind: 'recovery', id, since: slot.createdAt }
  if (isSharesSlot(slot)) {
    const { createdAt, threshold, count } = slot
    return { kind: 'shares', id, since: createdAt, threshold, count }
  }
  if (isPasskeySlot(slot)) {
    const { credentialId, salt, createdAt } = slot
    return { kind: 'passkey', id, since: createdAt, name: body && passkeyName(body, id), credentialId, salt }
  }
  return { kind: 'other', id }
}

/** Runs `use` with the bytes of a passkey's answer, which are zeros afterwards, here and where they came from. */
async function wiping(prf: Prf, use: (output: PrfOutput) => Promise<void>): Promise<void> {
  const output = Uint8Array.from(prf) as PrfOutput
  prf.fill(0)
  try {
    await use(output)
  } finally {
    output.fill(0)
  }
}
