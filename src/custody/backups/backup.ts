// Making a backup file, part by part. Whoever saves it keeps count of the parts, so that none of it is lost with this
// background: each part follows from the one before it.

import { decodeBase64url, encodeBase64url } from '../../bytes.ts'
import { addToBackup, type BackupDocument, beginBackup, documentKinds, endBackup } from '../../keyring/backup.ts'
import type { Handlers } from '../../messages/handlers.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import type { backupEntries } from '../../messages/vault/backups.ts'
import { readDocuments, readVersion, versionsOf } from '../../storage/documents.ts'
import { rowsAfter } from '../../storage/rows.ts'
import { stagePiece } from '../../storage/staging.ts'
import type { Custodian } from '../vault/custodian.ts'
import type { WithBroadcast } from '../vault/withBroadcast.ts'
import { storeByKind } from './importDocuments.ts'
import { recordBackup, snoozeReminder } from './reminders.ts'
import { inspectBackup, restoreBackup } from './restore.ts'

const documentsAtOnce = 100
/** A part ends with the document that goes beyond this. */
const partCharacters = 4_000_000

export class Backups {
  readonly #custodian: Custodian

  constructor(custodian: Custodian) {
    this.#custodian = custodian
  }

  /** Failure 'locked' | 'no-vault'. */
  async begin(): Promise<Response<'beginBackup'>> {
    const { record } = await this.#custodian.vault()
    const { line, chain } = beginBackup(record, new Date())
    return { text: line, chain: encodeBase64url(chain) }
  }

  async part({ chain: before, after, only }: Request<'backupPart'>): Promise<Response<'backupPart'>> {
    await this.#custodian.vault()
    const { documents, more } = only === null ? await everything(after) : await these(only, after)
    let chain = decodeBase64url(before)
    let [text, added] = ['', 0]
    for (const each of documents) {
      const line = addToBackup(chain, each)
      text += line.line
      chain = line.chain
      added++
      if (text.length > partCharacters) break
    }
    const last = documents[added - 1]
    const ended = last === undefined || (added === documents.length && !more)
    const next = ended ? null : { kind: last.kind, id: last.document.id }
    return { text, documents: added, chain: encodeBase64url(chain), after: next }
  }

  /** The end of the file; from then on a backup counts as made, unless it is `partial`. */
  async end({ chain, documents, partial }: Request<'endBackup'>): Promise<Response<'endBackup'>> {
    const vault = await this.#custodian.vault()
    const text = endBackup(vault, decodeBase64url(chain), documents)
    if (!partial) await recordBackup(new Date())
    return { text }
  }
}

type After = Request<'backupPart'>['after']

interface Documents {
  readonly documents: readonly BackupDocument[]
  /** There are more after these. */
  readonly more: boolean
}

/** Of everything, the documents after one. */
async function everything(after: After): Promise<Documents> {
  const documents: BackupDocument[] = []
  const from = after === null ? 0 : documentKinds.indexOf(after.kind)
  for (const kind of documentKinds.slice(from)) {
    const last = after?.kind === kind ? after.id : null
    const rows = await rowsAfter(storeByKind[kind], last, documentsAtOnce)
    documents.push(...rows.map(({ row }) => ({ kind, document: { ...row } })))
    if (rows.length === documentsAtOnce) return { documents, more: true }
  }
  return { documents, more: false }
}

/** Of these entries, each with its earlier texts, those after one. */
async function these(ids: readonly string[], after: After): Promise<Documents> {
  const last = after?.kind === 'version' ? (await readVersion(after.id))?.of : after?.id
  const from = last === undefined ? 0 : Math.max(0, ids.indexOf(last))
  const some = ids.slice(from, from + documentsAtOnce)
  const documents: BackupDocument[] = []
  for (const { row } of await readDocuments(some)) {
    documents.push({ kind: 'document', document: { ...row } })
    const versions = await versionsOf(row.id)
    documents.push(...versions.map((version) => ({ kind: 'version' as const, document: { ...version } })))
  }
  const isLast = ({ kind, document }: BackupDocument) => kind === after?.kind && document.id === after.id
  return { documents: documents.slice(documents.findIndex(isLast) + 1), more: from + some.length < ids.length }
}

export function backupHandlers(
  custodian: Custodian,
  settled: WithBroadcast,
): Pick<Handlers, keyof typeof backupEntries> {
  const backups = new Backups(custodian)
  return {
    beginBackup: () => backups.begin(),
    backupPart: (ask) => backups.part(ask),
    endBackup: (ask) => backups.end(ask),
    async remindOfBackupLater() {
      await snoozeReminder(new Date())
      return {}
    },
    async stageBackup({ token, nth, text }) {
      await stagePiece(token, nth, text)
      return {}
    },
    lookAtBackup: (ask) => inspectBackup(custodian, ask),
    restoreBackup: (ask) => settled(() => restoreBackup(custodian, ask)),
  }
}
