// `fieldseal show`: lists what is in a vault: circles, ways to unlock it and documents. Never a key.

import { isGenuine } from '../keyring/backup.ts'
import type { Circle, EpochKey, VaultBody } from '../keyring/body.ts'
import { masterEpochOf } from '../keyring/masterKeyHistory.ts'
import { isPasswordSlot, type VaultHeader } from '../keyring/record.ts'
import type { Vault } from '../keyring/vault.ts'
import { contentOf, type ReadDocument, readDocuments } from './documents.ts'
import { type Exit, exits } from './exits.ts'
import { onlyOne, parseOptions } from './options.ts'
import { counted, oneLine, print, printJson, printText, say, visible } from './printing.ts'
import { secretOptions, withSecrets, withVault } from './secrets.ts'
import { readVaultFile, type VaultFile } from './vaultFile.ts'

const nameCharacters = 60

const options = {
  ...secretOptions,
  documents: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

export async function show(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parseOptions(args, options)
  const path = onlyOne(positionals, 'backup')
  return withSecrets(values, async (secrets) => {
    const file = readVaultFile(path)
    return withVault(file, secrets, async (vault) => {
      const documents = await readDocuments(vault, file)
      if (values.json) printJson(asJson(vault, file, documents, values.documents === true))
      else if (values.documents) printDocuments(documents)
      else print(`${overview(vault, file, documents).map(visible).join('\n')}\n`)
      return report(file, documents) ? exits.done : exits.failed
    })
  })
}

type Slot = VaultHeader['slots'][number]

function slotOf(slot: Slot) {
  const createdAt = 'createdAt' in slot && typeof slot.createdAt === 'string' ? slot.createdAt : null
  if (!isPasswordSlot(slot)) return { kind: slot.kind, createdAt }
  const { memoryKiB, iterations, parallelism } = slot.kdf
  return { kind: slot.kind, createdAt, memoryKiB, iterations, parallelism }
}

function epochsOf({ keys }: Pick<Circle, 'keys'>) {
  return keys.map(({ epoch, createdAt, from = null }) => ({ epoch, createdAt, from })).sort((a, b) => a.epoch - b.epoch)
}

/** The keys of deleted circles. */
function retiredOf({ retired = {} }: VaultBody): { id: string; keys: readonly EpochKey[] }[] {
  return Object.entries(retired).map(([id, keys]) => ({ id, keys }))
}

function asJson(vault: Vault, { backup }: VaultFile, documents: readonly ReadDocument[], withTexts: boolean): object {
  const { vaultId, header, body } = vault
  return {
    vault: { id: vaultId, revision: header.revision, updatedAt: header.updatedAt },
    backup: backup && { createdAt: backup.createdAt, state: backup.state, genuine: isGenuine(vault, backup) },
    masterKey: { epoch: masterEpochOf(body), since: body.masterRotatedAt ?? null },
    slots: header.slots.map(slotOf),
    circles: body.circles.map((circle) => ({ id: circle.id, name: circle.name, epochs: epochsOf(circle) })),
    retired: retiredOf(body).map(({ id, keys }) => ({ id, epochs: epochsOf({ keys }) })),
    documents: documents.map(({ id, kind, opened }) => {
      if (opened === null) return { id, kind, outcome: 'damaged' }
      const { text, ...about } = contentOf(opened)
      return { id, kind, outcome: 'open', ...about, ...(withTexts && { text }) }
    }),
  }
}

function overview(vault: Vault, file: VaultFile, documents: readonly ReadDocument[]): string[] {
  const { vaultId, header, body } = vault
  const { backup } = file
  const lines = [`Vault ${vaultId}, revision ${header.revision}, last changed ${header.updatedAt}`]
  if (backup !== null) lines.push(`Backup of ${backup.createdAt}, ${backup.state}`)
  lines.push('', 'Unlocked by')
  for (const slot of header.slots.map(slotOf)) {
    const cost = 'memoryKiB' in slot ? ` (Argon2id, ${slot.memoryKiB / 1024} MiB, ${slot.iterations} passes)` : ''
    lines.push(`  ${slot.kind.padEnd(10)}${slot.createdAt === null ? '' : ` since ${slot.createdAt}`}${cost}`)
  }
  const epoch = masterEpochOf(body)
  const since = body.masterRotatedAt === undefined ? '' : `, since ${body.masterRotatedAt}`
  lines.push('', `Master key: number ${epoch}${since}`, '', 'Circles')
  for (const circle of body.circles) {
    lines.push(`  ${oneLine(circle.name, nameCharacters)}`)
    lines.push(...keyLines(circle))
  }
  for (const circle of retiredOf(body)) {
    lines.push(`  a deleted circle (${circle.id}), to open what was sealed in it`)
    lines.push(...keyLines(circle))
  }
  lines.push('', counted(documents.length, 'document'))
  for (const document of documents) lines.push(`  ${documentLine(document)}`)
  return lines
}

function keyLines(circle: Pick<Circle, 'keys'>): string[] {
  return epochsOf(circle).map(({ epoch, createdAt, from }) => {
    const origin =
      from === null ? '' : from === 'other-vault' ? ', from another vault' : ', from before a new master key'
    return `    key ${epoch}, since ${createdAt}${origin}`
  })
}

function documentLine({ id, kind, opened }: ReadDocument): string {
  if (opened === null) return `${kind} ${oneLine(id, nameCharacters)}: damaged`
  const { title, origin, savedAt } = contentOf(opened)
  return [
    savedAt,
    kind,
    origin === null ? 'no site' : oneLine(origin, nameCharacters),
    oneLine(title, nameCharacters),
  ].join('  ')
}

function printDocuments(documents: readonly ReadDocument[]): void {
  const opened = documents.flatMap((document) => (document.opened === null ? [] : [contentOf(document.opened)]))
  for (const [index, { text }] of opened.entries()) {
    if (index > 0) print('---\n')
    printText(text)
  }
}

/** Reports what is damaged. True if nothing is. */
function report({ name, backup }: VaultFile, documents: readonly ReadDocument[]): boolean {
  const damaged = documents.filter(({ opened }) => opened === null)
  for (const { id } of damaged) say(`${name}: the document ${oneLine(id, nameCharacters)} is damaged`)
  const whole = backup === null || backup.state === 'whole'
  if (!whole) say(`${name}: is not whole; see: fieldseal check`)
  return whole && damaged.length === 0
}
