// Passkeys and the list of unlock methods. What a passkey gave is held as bytes while it is used and wiped after; it is
// never stored. Every change goes through the custodian's turns.

import type { PrfOutput } from '../../bytes.ts'
import { Failure } from '../../failure.ts'
import type { VaultBody } from '../../keyring/body.ts'
import { masterEpochOf } from '../../keyring/masterKeyHistory.ts'
import {
  passkeyName,
  provePasskey,
  unlockWithPasskey,
  withoutPasskey,
  withPasskey,
  withPasskeyName,
} from '../../keyring/passkeys.ts'
import {
  isPasskeySlot,
  isPasswordSlot,
  isRecoverySlot,
  isSharesSlot,
  parseRecord,
  type VaultHeader,
} from '../../keyring/record.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { Response } from '../../messages/protocol.ts'
import type { Prf, UnlockMethod, unlockMethodEntries } from '../../messages/vault/unlockMethods.ts'
import { readVault } from '../../storage/vaults.ts'
import type { Custodian } from '../vault/custodian.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'

export function passkeyHandlers(
  custodian: Custodian,
  withBroadcast: WithBroadcast,
): Pick<Handlers, keyof typeof unlockMethodEntries> {
  return {
    listUnlockMethods: () => listUnlockMethods(custodian),
    unlockByPasskey: ({ credentialId, prf }) =>
      withBroadcast(() =>
        withWiped([prf], ([output]) =>
          custodian.unlockBy(
            async (row) => unlockWithPasskey(row, credentialId, output),
            (slot) => isPasskeySlot(slot) && slot.credentialId === credentialId,
          ),
        ),
      ),
    addPasskey: ({ name, credentialId, salt, prf }) =>
      withBroadcast(() =>
        withWiped([prf], ([output]) =>
          custodian.change((vault) => withPasskey(vault, { credentialId, salt, prf: output }, name, new Date())),
        ),
      ),
    renamePasskey: ({ id, name }) =>
      withBroadcast(() => custodian.change((vault) => withPasskeyName(vault, id, name, new Date()))),
    checkPasskey: async ({ id, prf }) => {
      await withWiped([prf], async ([output]) => void provePasskey(await custodian.vault(), id, output))
      return {}
    },
    removePasskey: ({ id }) => withBroadcast(() => custodian.change((vault) => withoutPasskey(vault, id, new Date()))),
  }
}

/** The slots of the header, which is not encrypted; the names of passkeys only while the vault is unlocked. */
async function listUnlockMethods(custodian: Custodian): Promise<Response<'listUnlockMethods'>> {
  const vault = await custodian.unlockedVault()
  if (vault !== null) {
    const methods = vault.header.slots.map((slot) => unlockMethodOf(slot, vault.body))
    return { methods, epoch: masterEpochOf(vault.body) }
  }
  const found = await readVault()
  if (found === null) throw new Failure('no-vault')
  return { methods: parseRecord(found.row).header.slots.map((slot) => unlockMethodOf(slot, null)), epoch: null }
}

function unlockMethodOf(slot: VaultHeader['slots'][number], body: VaultBody | null): UnlockMethod {
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

/** Runs `use` with the bytes of passkeys' answers, which are zeros afterwards, here and where they came from. */
export async function withWiped<const Given extends readonly Prf[]>(
  given: Given,
  use: (outputs: { readonly [Index in keyof Given]: PrfOutput }) => Promise<void>,
): Promise<void> {
  const outputs = given.map((prf) => Uint8Array.from(prf) as PrfOutput)
  for (const prf of given) prf.fill(0)
  try {
    await use(outputs as { readonly [Index in keyof Given]: PrfOutput })
  } finally {
    for (const output of outputs) output.fill(0)
  }
}
