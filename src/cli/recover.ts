// `fieldseal recover`: makes a backup that opens with a new password, from one whose password was lost. Leaves the old file unchanged.

import { defaultCost, inLessMemory, type PasswordCost, strongerCost } from '../crypto/kdf.ts'
import { codeOf } from '../failure.ts'
import { addToBackup, beginBackup, endBackup, isGenuine } from '../keyring/backup.ts'
import { highestPasswordCost } from '../keyring/record.ts'
import { reopenVault, type Vault, withNewPassword, withSettings } from '../keyring/vault.ts'
import { type Exit, exits, usageError } from './exits.ts'
import { checkUnused, writeNewFile } from './newFile.ts'
import { onlyOne, parseOptions } from './options.ts'
import { counted, say } from './printing.ts'
import { secretOptions, withSecrets } from './secrets.ts'
import { readVaultFile, type VaultFile } from './vaultFile.ts'
import { failureWords } from './words.ts'

const options = {
  ...secretOptions,
  force: { type: 'boolean', short: 'f' },
  output: { type: 'string', short: 'o' },
} as const

export async function recover(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parseOptions(args, options)
  const path = onlyOne(positionals, 'backup')
  const output = values.output
  if (output === undefined || output === '' || output === '-') throw usageError('name the file to write: -o NEWFILE')

  return withSecrets(values, async (secrets) => {
    const file = readVaultFile(path)
    if (!values.force) checkUnused(output)
    const before = await secrets.unlockWithoutPassword(file)
    const fine = report(file, before)
    const password = await secrets.newPassword()
    secrets.end()
    const now = new Date()
    const changed = await atBestCost(highestPasswordCost(before.header), (cost) =>
      withNewPassword(before, password, cost, now),
    )
    // Makes the extension ask for new ones, as after a recovery of its own.
    const used = secrets.by === 'shares' ? { sharesUsed: true } : { renewRecovery: true }
    const after = withSettings(changed, used, now)
    // Reads it first with the code that will read it: a vault that would not open is never written.
    reopenVault(after.record, after.masterKey)
    writeNewFile(output, backupOf(after, file, now), values.force === true)
    after.masterKey.fill(0)
    say(
      `${output}: written, with ${counted(file.backup?.documents.length ?? 0, 'document')}. The new password opens it`,
    )
    const what = secrets.by === 'shares' ? 'the shares go' : 'the recovery key goes'
    say(`${what} on opening it; Fieldseal asks you to replace that once the vault is back in a browser`)
    return fine ? exits.done : exits.failed
  })
}

function* backupOf(vault: Vault, { backup }: VaultFile, now: Date): Generator<string> {
  const documents = backup?.documents ?? []
  let { line, chain } = beginBackup(vault.record, now)
  yield line
  for (const document of documents) {
    ;({ line, chain } = addToBackup(chain, document))
    yield line
  }
  yield endBackup(vault, chain, documents.length)
}

/** Makes a vault at the usual cost, or the cost of what it replaces; if memory is short, with the same work in less memory. */
async function atBestCost(replaced: PasswordCost | null, make: (cost: PasswordCost) => Promise<Vault>): Promise<Vault> {
  try {
    return await make(strongerCost(defaultCost, replaced)).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'memory') return make(inLessMemory(replaced))
      throw thrown
    })
  } catch (thrown) {
    throw failureWords('the new password', thrown)
  }
}

/** Reports what is wrong with the backup. True if nothing is. */
function report({ name, backup }: VaultFile, vault: Vault): boolean {
  if (backup === null || isGenuine(vault, backup)) return true
  const { damagedLines, state } = backup
  if (state === 'whole')
    say(`${name}: its end was not written with this vault’s keys: something may have been left out of it`)
  else say(`${name}: is not whole; what can be read of it is copied`)
  if (damagedLines.length > 0) say(`${name}: damaged lines, which are not copied: ${damagedLines.join(', ')}`)
  return false
}
