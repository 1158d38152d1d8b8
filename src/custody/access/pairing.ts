// Pairing: the vault of this browser, sealed once more under a one-time code for the eyes and the camera of another one; and
// one that was shown elsewhere, taken in. A code is drawn for each showing and kept nowhere.

import { equalBytes, type MasterKey } from '../../bytes.ts'
import { diagnosePairingCode, formatPairingCode, newPairingCode, parsePairingCode } from '../../crypto/pairing.ts'
import * as parts from '../../crypto/qrFrames.ts'
import { Failure } from '../../failure.ts'
import { addEvent } from '../../keyring/accessNotices.ts'
import { pastMasterKeys } from '../../keyring/masterKeyHistory.ts'
import { makeBundle, openBundle, type PairedVault } from '../../keyring/pairing.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import type { pairingEntries } from '../../messages/vault/pairing.ts'
import { readSeen, readVault } from '../../storage/vaults.ts'
import { openBackupVault, planRestore, summarizePlan } from '../backups/restorePlan.ts'
import type { Custodian } from '../vault/custodian.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'
import { openJoined } from './joining.ts'

type PairingRequest = Request<'inspectPairing'>

export function pairingHandlers(
  custodian: Custodian,
  withBroadcast: WithBroadcast,
): Pick<Handlers, keyof typeof pairingEntries> {
  return {
    offerPairing: () => offer(custodian),
    readPairingFrames: async ({ text }) => {
      const { parts: found, damaged, newer } = parts.findFrames(text)
      return { parts: found.map(({ bytes: _bytes, ...part }) => part), damaged, newer }
    },
    checkPairingCode: async ({ typed }) => diagnosePairingCode(typed),
    inspectPairing: (request) => look(custodian, request),
    acceptPairing: (request) => withBroadcast(() => take(custodian, request)),
  }
}

/** Failure 'locked' | 'no-vault' | 'full'. */
async function offer(custodian: Custodian): Promise<Response<'offerPairing'>> {
  await custodian.change((vault) => addEvent(vault, 'paired', new Date()))
  const vault = await custodian.vault()
  const code = newPairingCode()
  return { code: formatPairingCode(code), parts: parts.splitIntoFrames(makeBundle(vault, code, new Date())) }
}

/** Changes nothing. Failure 'mistyped' | 'wrong-secret' | 'damaged' | 'newer-version' | 'weakened' | 'locked' | 'rollback' … */
async function look(custodian: Custodian, request: PairingRequest): Promise<Response<'inspectPairing'>> {
  const paired = bundleIn(request)
  const { name, madeAt, header } = paired
  const about = { name, madeAt, revision: header.revision, updatedAt: Date.parse(header.updatedAt) }
  const mine = (await readVault()) === null ? null : await custodian.vault()
  const plan = await planPairing(paired, request.secret, mine)
  if (plan === null) return { kind: 'closed', ...about }
  const { whose, theirs } = plan
  const otherKey = mine !== null && whose === 'same' && !hasHad(mine, theirs.masterKey)
  return { kind: 'opened', ...about, whose, otherKey, brings: await summarizePlan(plan, mine, theirs) }
}

/** Stores it. Requested twice, it adds nothing the second time. Failure as `look`, and 'conflict' | 'full' | 'too-long'. */
async function take(custodian: Custodian, request: PairingRequest): Promise<void> {
  const paired = bundleIn(request)
  await custodian.restore(async (mine) => {
    const plan = await planPairing(paired, request.secret, mine)
    if (plan === null) throw new Failure('wrong-secret')
    return plan
  })
}

function bundleIn({ parts: text, code }: PairingRequest): PairedVault {
  const secret = parsePairingCode(code)
  const found = parts.findFrames(text)
  if (found.parts.length === 0 && found.newer > 0) throw new Failure('newer-version')
  return openBundle(parts.joinFrames(found.parts), secret)
}

/** What taking it in comes to; null where its own password or recovery key is needed for that. */
async function planPairing(paired: PairedVault, secret: PairingRequest['secret'], mine: Vault | null) {
  if (mine === null) {
    if (secret === null) return null
    const theirs = await openJoined(paired.record, secret)
    return { whose: 'nobodys' as const, vault: theirs, rows: {}, theirs }
  }
  const seen = await readSeen(paired.header.vaultId)
  const theirs = await openBackupVault(secret, paired, mine, seen?.cost ?? null)
  return theirs && { ...(await planRestore([], mine, theirs, new Date())), theirs }
}

/** Whether this is or was the vault's master key. */
function hasHad({ masterKey, body }: Vault, key: MasterKey): boolean {
  return [masterKey, ...pastMasterKeys(body)].some((own) => equalBytes(own, key))
}
