// The fresh proof that what could let somebody in for good needs: which entries need one, how one is given, and what is told at
// the next unlock. How long it holds, and that it ends with a lock, is the custodian's.

import { Failure } from '../../failure.ts'
import { confirmNotices, setPasswordStrength, unconfirmedNotices } from '../../keyring/accessNotices.ts'
import { unlockWithPasskey } from '../../keyring/passkeys.ts'
import { isPasskeySlot } from '../../keyring/record.ts'
import type { Entry } from '../../messages/entry.ts'
import type { Handlers } from '../../messages/handlers.ts'
import { type Name, protocol } from '../../messages/protocol.ts'
import type { proofEntries } from '../../messages/vault/proof.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreFailures } from '../vault/ignoreFailures.ts'
import { openByPassword } from '../vault/vaultRecord.ts'
import { withWiped } from './passkeys.ts'

/** The same handlers; those of entries that need a proof run only while one holds. Failure 'proof-needed' | 'locked'. */
export function requireProof<H extends Partial<Handlers>>(handlers: H, custodian: Pick<Custodian, 'checkProof'>): H {
  const guard = (name: string, handler: unknown) => {
    const entry: Entry = protocol[name as Name]
    if (entry.proof !== true) return handler
    const handle = handler as (...args: unknown[]) => Promise<unknown>
    return async (...args: unknown[]) => {
      try {
        await custodian.checkProof()
      } catch (thrown) {
        wipePrf(args[0])
        throw thrown
      }
      return handle(...args)
    }
  }
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, guard(name, handler)])) as H
}

/** What a passkey gave is wiped also where nothing comes of it. */
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
      // What is said of the password's strength can wait.
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

/** A secret that is asked for anyway counts as the proof, where it is one of this vault. Failure 'proof-needed'. */
export async function checkProofBy(custodian: Custodian, password: string): Promise<void> {
  if (await custodian.isProved()) return
  await custodian.giveProof(openByPassword(password)).catch((thrown: unknown) => {
    throw thrown instanceof Failure && thrown.code === 'wrong-secret' ? new Failure('proof-needed') : thrown
  })
}
