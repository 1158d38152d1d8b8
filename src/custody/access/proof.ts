// The fresh proof for whatever could give somebody lasting access: which entries need one, how one is given, and the access notices
// of the next unlock. How long it holds, and that it ends with a lock, is the custodian's.

import { Failure } from '../../failure.ts'
import { confirmNotices, setPasswordStrength, unconfirmedNotices } from '../../keyring/accessNotices.ts'
import { unlockWithPasskey } from '../../keyring/passkeys.ts'
import { isPasskeySlot } from '../../keyring/record.ts'
import type { Entry } from '../../messages/entry.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { proofEntries } from '../../messages/vault/proof.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreFailures } from '../vault/ignoreFailures.ts'
import { openByPassword } from '../vault/vaultRecord.ts'
import type { Handle } from '../vault/wrapHandlers.ts'
import { withWiped } from './passkeys.ts'

/** Makes a handler of an entry that needs a proof run only while one holds. Failure 'proof-needed' | 'locked'. */
export function requireProof(custodian: Pick<Custodian, 'checkProof'>) {
  return ({ proof }: Pick<Entry, 'proof'>, handle: Handle): Handle => {
    if (proof !== true) return handle
    return async (...args) => {
      try {
        await custodian.checkProof()
      } catch (thrown) {
        wipePrf(args[0])
        throw thrown
      }
      return handle(...args)
    }
  }
}

/** What a passkey gave is wiped even if the request is refused. */
function wipePrf(request: unknown): void {
  const { prf = null } = request as { readonly prf?: unknown }
  if (Array.isArray(prf)) prf.fill(0)
}

export function proofHandlers(custodian: Custodian): Pick<Handlers, keyof typeof proofEntries> {
  return {
    getProofState: async () => {
      const { header } = await custodian.vault()
      const passkeys = header.slots.filter(isPasskeySlot).map(({ credentialId, salt }) => ({ credentialId, salt }))
      return { holds: await custodian.isProved(), passkeys }
    },
    proveByPassword: async ({ password, strong }) => {
      await custodian.giveProof(openByPassword(password))
      // The record of the password's strength can wait.
      if (strong !== null)
        await custodian.change((vault) => setPasswordStrength(vault, strong, new Date())).catch(ignoreFailures)
      return {}
    },
    proveByPasskey: async ({ credentialId, prf }) => {
      await withWiped([prf], ([output]) =>
        custodian.giveProof(async (row) => unlockWithPasskey(row, credentialId, output)),
      )
      return {}
    },
    listAccessNotices: async () => {
      const vault = await custodian.unlockedVault()
      const noticeIds = custodian.noticesAtUnlock()
      return { notices: vault === null ? [] : unconfirmedNotices(vault).filter(({ id }) => noticeIds.has(id)) }
    },
    confirmAccessNotices: async ({ ids }) => {
      // What has come since the unlocking is for the next one: whoever did it must not be the one to confirm it.
      await custodian.change((vault) => {
        const noticeIds = custodian.noticesAtUnlock()
        return confirmNotices(vault, new Set(ids.filter((id) => noticeIds.has(id))), new Date())
      })
      return {}
    },
  }
}

/** A password that is needed anyway counts as the proof, where it is this vault's. Failure 'proof-needed'. */
export async function checkProofBy(custodian: Custodian, password: string): Promise<void> {
  if (await custodian.isProved()) return
  await custodian.giveProof(openByPassword(password)).catch((thrown: unknown) => {
    throw thrown instanceof Failure && thrown.code === 'wrong-secret' ? new Failure('proof-needed') : thrown
  })
}
