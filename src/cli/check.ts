// `fieldseal check`: whether a backup is whole; with the password, also whether it is genuine and everything in it opens.

import { isGenuine } from '../keyring/backup.ts'
import { readDocuments } from './documents.ts'
import { type Exit, exits } from './exits.ts'
import { onlyOne, parseOptions } from './options.ts'
import { counted, print, printJson, visible } from './printing.ts'
import { secretOptions, withSecrets, withVault } from './secrets.ts'
import { readVaultFile, type VaultFile } from './vaultFile.ts'

const options = {
  ...secretOptions,
  json: { type: 'boolean' },
  'with-password': { type: 'boolean' },
} as const

/** Any of these options runs every check that its secret allows. */
const names = Object.keys(secretOptions) as (keyof typeof secretOptions)[]

interface Findings {
  /** Null for a bare vault record, which shows only with its secret whether it is whole. */
  readonly state: 'whole' | 'altered' | 'cut-off' | null
  readonly createdAt: string | null
  readonly vaultId: string
  readonly revision: number
  readonly updatedAt: string
  readonly documents: number
  readonly damagedLines: readonly number[]
  /** Only with the secret. */
  readonly genuine?: boolean
  readonly damagedDocuments?: readonly string[]
}

export async function check(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parseOptions(args, options)
  const path = onlyOne(positionals, 'backup')
  const withSecret =
    values['with-password'] || names.some((name) => values[name] !== undefined && values[name] !== false)

  return withSecrets(values, async (secrets) => {
    const file = readVaultFile(path)
    const found = withSecret
      ? await withVault(file, secrets, async (vault) => {
          const documents = await readDocuments(vault, file)
          const damagedDocuments = documents.flatMap(({ id, opened }) => (opened === null ? [id] : []))
          // The body of a record that opened authenticates all of it.
          const genuine = file.backup === null || isGenuine(vault, file.backup)
          return { ...findingsWithoutSecret(file), genuine, damagedDocuments }
        })
      : findingsWithoutSecret(file)
    if (values.json) printJson(found)
    else print(`${sentences(file.name, found).map(visible).join('\n')}\n`)
    const fine = (found.state ?? 'whole') === 'whole' && found.genuine !== false && !found.damagedDocuments?.length
    return fine ? exits.done : exits.failed
  })
}

function findingsWithoutSecret({ header, backup }: VaultFile): Findings {
  return {
    state: backup?.state ?? null,
    createdAt: backup?.createdAt ?? null,
    vaultId: header.vaultId,
    revision: header.revision,
    updatedAt: header.updatedAt,
    documents: backup?.documents.length ?? 0,
    damagedLines: backup?.damagedLines ?? [],
  }
}

function sentences(name: string, found: Findings): string[] {
  const { state, createdAt, genuine, damagedLines, damagedDocuments } = found
  const lines = [`${name}: ${stateWords(found)}`]
  if (createdAt !== null) lines.push(`made ${createdAt}`)
  lines.push(`vault ${found.vaultId}, revision ${found.revision}, last changed ${found.updatedAt}`)
  if (state !== null) lines.push(counted(found.documents, 'document'))
  if (damagedLines.length > 0) lines.push(`damaged: line ${damagedLines.join(', ')}. What stood there is lost`)
  if (genuine === undefined) {
    if (state !== null)
      lines.push('whether it is genuine, and its documents open, only your password tells: --with-password')
    return lines
  }
  if (genuine) lines.push('genuine: all of it was written by whoever held the keys of this vault')
  else if (state === 'whole') lines.push('NOT genuine: its end was not written with the keys of this vault')
  if (state === null) return lines
  lines.push(
    damagedDocuments === undefined || damagedDocuments.length === 0
      ? 'the vault and every document open'
      : `the vault opens; these documents do not: ${damagedDocuments.join(', ')}`,
  )
  return lines
}

function stateWords({ state }: Findings): string {
  switch (state) {
    case 'whole':
      return 'a backup, whole'
    case 'altered':
      return 'a backup, ALTERED: something in it is not as it was written'
    case 'cut-off':
      return 'a backup, CUT OFF: its end is missing'
    case null:
      return 'a vault record by itself, well-formed'
  }
}
