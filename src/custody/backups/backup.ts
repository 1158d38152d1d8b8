// Making a backup file, and taking one in. A cursor says how far a file has come: each chunk follows from the one before it, so that
// nothing of a file is lost with this background.

import { decodeBase64url, encodeBase64url } from '../../bytes.ts'
import { addToBackup, type BackupDocument, beginBackup, documentKinds, endBackup } from '../../keyring/backup.ts'
import type { Handlers, OutHandler, TransferHandlers } from '../../messages/handlers.ts'
import type { Chunk, Cursor } from '../../messages/protocol.ts'
import type { backupEntries, backupTransfers } from '../../messages/vault/backups.ts'
import { readDocuments, versionsOf } from '../../storage/documents.ts'
import { rowsAfter } from '../../storage/rows.ts'
import { stagePiece } from '../../storage/staging.ts'
import type { Custodian } from '../vault/custodian.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'
import { storeByKind } from './importDocuments.ts'
import { recordBackup, snoozeReminder } from './reminders.ts'
import { inspectBackup, restoreBackup } from './restore.ts'

const documentsAtOnce = 100
/** A chunk ends with the document that goes beyond this. */
const chunkCharacters = 4_000_000

type BackupCursor = Cursor<'makeBackup'>
type Place = NonNullable<BackupCursor['after']>
interface Step {
  readonly chunk: Chunk<'makeBackup'>
  readonly cursor: BackupCursor
}

/** Failure 'locked' | 'no-vault'. */
export function makeBackup(custodian: Custodian): OutHandler<'makeBackup'> {
  return {
    async read({ only }, cursor) {
      const vault = await custodian.vault()
      if (cursor === null) {
        const { line, chain } = beginBackup(vault.record, new Date())
        const started = { chain: encodeBase64url(chain), documents: 0, after: null, next: 'documents' } as const
        return { chunk: { text: line }, cursor: started }
      }
      const { chain, documents, next } = cursor
      if (next === 'documents') return readDocumentLines(cursor, only)
      if (next === 'end') {
        const text = endBackup(vault, decodeBase64url(chain), documents)
        return { chunk: { text }, cursor: { ...cursor, next: 'nothing' } }
      }
      if (only === null) await recordBackup(new Date())
      return { result: { documents } }
    },
  }
}

async function readDocumentLines(cursor: BackupCursor, only: readonly string[] | null): Promise<Step> {
  const { found, end, more } = only === null ? await everything(cursor.after) : await chosen(only, cursor.after)
  let chain = decodeBase64url(cursor.chain)
  let text = ''
  let added = 0
  for (const { document } of found) {
    const line = addToBackup(chain, document)
    text += line.line
    chain = line.chain
    added++
    if (text.length > chunkCharacters) break
  }
  const isAll = added === found.length && !more
  return {
    chunk: { text },
    cursor: {
      chain: encodeBase64url(chain),
      documents: cursor.documents + added,
      after: isAll ? null : (found[added - 1]?.place ?? end),
      next: isAll ? 'end' : 'documents',
    },
  }
}

interface Documents {
  readonly found: readonly { readonly document: BackupDocument; readonly place: Place }[]
  /** Where to go on if none was found. */
  readonly end: Place | null
  /** There may be more after these. */
  readonly more: boolean
}

/** Of everything, the documents after one. */
async function everything(after: Place | null): Promise<Documents> {
  const found: Documents['found'][number][] = []
  const from = after === null ? 0 : documentKinds.indexOf(after.kind)
  for (const kind of documentKinds.slice(from)) {
    const last = after?.kind === kind ? after.id : null
    const rows = await rowsAfter(storeByKind[kind], last, documentsAtOnce)
    for (const { row } of rows)
      found.push({ document: { kind, document: { ...row } }, place: { kind, id: row.id, entry: row.id } })
    if (rows.length === documentsAtOnce) return { found, end: after, more: true }
  }
  return { found, end: after, more: false }
}

/** Of these entries, each followed by its earlier texts in the order of their ids, the documents after one. */
async function chosen(ids: readonly string[], after: Place | null): Promise<Documents> {
  const from = after === null ? 0 : Math.max(0, ids.indexOf(after.entry))
  const some = ids.slice(from, from + documentsAtOnce)
  const found: Documents['found'][number][] = []
  for (const { row } of await readDocuments(some)) {
    const isLast = row.id === after?.entry
    if (!isLast)
      found.push({
        document: { kind: 'document', document: { ...row } },
        place: { kind: 'document', id: row.id, entry: row.id },
      })
    for (const version of await versionsOf(row.id)) {
      if (isLast && after.kind === 'version' && version.id <= after.id) continue
      found.push({
        document: { kind: 'version', document: { ...version } },
        place: { kind: 'version', id: version.id, entry: row.id },
      })
    }
  }
  const last = some.at(-1)
  const end = last === undefined ? after : { kind: 'document' as const, id: last, entry: last }
  return { found, end, more: from + some.length < ids.length }
}

export function backupHandlers(
  custodian: Custodian,
  withBroadcast: WithBroadcast,
): Pick<Handlers, keyof typeof backupEntries> {
  return {
    async snoozeBackupReminder() {
      await snoozeReminder(new Date())
      return {}
    },
    inspectBackup: (request) => inspectBackup(custodian, request),
    restoreBackup: (request) => withBroadcast(() => restoreBackup(custodian, request)),
  }
}

export function backupTransferHandlers(custodian: Custodian): Pick<TransferHandlers, keyof typeof backupTransfers> {
  return {
    makeBackup: makeBackup(custodian),
    stageBackup: {
      async store({ token }, cursor, { text }) {
        const pieces = cursor?.pieces ?? 0
        await stagePiece(token, pieces, text)
        return { pieces: pieces + 1 }
      },
      finish: async (_request, cursor) => ({ pieces: cursor?.pieces ?? 0 }),
    },
  }
}
