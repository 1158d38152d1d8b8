// Making a backup file, part by part. Whoever saves it keeps count of the parts, so that none of it is lost with this
// background: each part follows from the one before it.

import { decodeBase64url, encodeBase64url } from '../crypto/base64url.ts'
import { addToBackup, beginBackup, endBackup } from '../keyring/backup.ts'
import type { Handlers } from '../messages/handlers.ts'
import type { Answer, Ask } from '../messages/protocol.ts'
import { rowsAfter } from '../storage/rows.ts'
import { stagePiece } from '../storage/staging.ts'
import type { Custodian } from './custodian.ts'
import { noteBackup, remindLater } from './reminders.ts'
import { lookAtBackup, restoreBackup } from './restoring.ts'
import type { Settled } from './settled.ts'

const documentsAtOnce = 100
/** A part ends with the document that goes beyond this. */
const partCharacters = 4_000_000

export class Backups {
  readonly #custodian: Custodian

  constructor(custodian: Custodian) {
    this.#custodian = custodian
  }

  /** Failure 'locked' | 'no-vault'. */
  async begin(): Promise<Answer<'beginBackup'>> {
    const { record } = await this.#custodian.vault()
    const { line, chain } = beginBackup(record, new Date())
    return { text: line, chain: encodeBase64url(chain) }
  }

  async part({ chain: before, after }: Ask<'backupPart'>): Promise<Answer<'backupPart'>> {
    await this.#custodian.vault()
    const rows = await draftsAfter(after, documentsAtOnce)
    let chain = decodeBase64url(before)
    let [text, documents] = ['', 0]
    for (const row of rows) {
      const added = addToBackup(chain, { kind: 'draft', document: { ...row } })
      text += added.line
      chain = added.chain
      documents++
      if (text.length > partCharacters) break
    }
    const more = documents < rows.length || rows.length === documentsAtOnce
    return { text, documents, chain: encodeBase64url(chain), after: more ? (rows[documents - 1]?.id ?? null) : null }
  }

  /** The end of the file; from then on a backup counts as made. */
  async end({ chain, documents }: Ask<'endBackup'>): Promise<Answer<'endBackup'>> {
    const vault = await this.#custodian.vault()
    const text = endBackup(vault, decodeBase64url(chain), documents)
    await noteBackup(new Date())
    return { text }
  }
}

type Entries =
  | 'beginBackup'
  | 'backupPart'
  | 'endBackup'
  | 'remindOfBackupLater'
  | 'stageBackup'
  | 'lookAtBackup'
  | 'restoreBackup'

export function backupAnswers(custodian: Custodian, settled: Settled): Pick<Handlers, Entries> {
  const backups = new Backups(custodian)
  return {
    beginBackup: () => backups.begin(),
    backupPart: (ask) => backups.part(ask),
    endBackup: (ask) => backups.end(ask),
    async remindOfBackupLater() {
      await remindLater(new Date())
      return {}
    },
    async stageBackup({ token, nth, text }) {
      await stagePiece(token, nth, text)
      return {}
    },
    lookAtBackup: (ask) => lookAtBackup(custodian, ask),
    restoreBackup: (ask) => settled(() => restoreBackup(custodian, ask)),
  }
}
