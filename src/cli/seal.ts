// `fieldseal seal`: seals standard input under the newest key of the circle Personal.

import { sealText } from '../crypto/text.ts'
import { newestPersonal } from '../keyring/circles.ts'
import { msPerMinute } from '../time.ts'
import { type Exit, exits, usageError } from './exits.ts'
import { decodeText } from './formats/decoding.ts'
import { readStandardInput } from './inputs.ts'
import { originOf, parseOptions } from './options.ts'
import { printText } from './printing.ts'
import { secretOptions, withSecrets, withVault } from './secrets.ts'
import { readVaultFile } from './vaultFile.ts'
import { failureWords } from './words.ts'

const options = {
  ...secretOptions,
  backup: { type: 'string', short: 'b' },
  exact: { type: 'boolean' },
  origin: { type: 'string' },
} as const

export async function seal(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parseOptions(args, options)
  if (positionals.some((argument) => argument !== '-') || positionals.length > 1)
    throw usageError('the text to seal comes from standard input, not from arguments, which other programs can see')
  if (values.backup === '-') throw usageError('standard input is what is sealed; name the backup’s file')
  const origin = values.origin === undefined ? null : originOf(values.origin)

  return withSecrets(values, async (secrets) => {
    const file = readVaultFile(values.backup)
    const read = decodeText(await readStandardInput())
    const text = values.exact ? read : read.replace(/\r?\n$/, '')
    const minutes = Math.floor(Date.now() / msPerMinute)
    const sealed = await withVault(file, secrets, async ({ body }) => {
      const key = newestPersonal(body)
      try {
        return await sealText(key, { text, minutes, origin })
      } catch (thrown) {
        throw failureWords('standard input', thrown)
      } finally {
        key.fill(0)
      }
    })
    printText(sealed)
    return exits.done
  })
}
