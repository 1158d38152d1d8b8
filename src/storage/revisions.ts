// The highest revision of each document that was written here, by which an older one put in its place is noticed. Noted for
// many documents together, in parts by the first letter of their ids: what is written in one go touches few of them.

import type { RevisionsRow } from './database.ts'

export interface RevisionStore {
  get(part: string): Promise<RevisionsRow | undefined>
}
export interface RevisionWrites extends RevisionStore {
  put(row: RevisionsRow): Promise<unknown>
  delete(part: string): Promise<void>
}

interface Numbered {
  readonly id: string
  readonly revision: number
}

/** What is noted of some documents; good for one transaction. */
export class Revisions {
  readonly #parts: Map<string, Map<string, number>>
  readonly #changed = new Set<string>()

  private constructor(parts: Map<string, Map<string, number>>) {
    this.#parts = parts
  }

  /** All that is noted of these. */
  static async read(store: RevisionStore, ids: readonly string[]): Promise<Revisions> {
    const parts = [...new Set(ids.map(partOf))]
    const rows = await Promise.all(parts.map((part) => store.get(part)))
    return new Revisions(new Map(parts.map((part, at) => [part, numbersIn(rows[at])])))
  }

  /** 0 where nothing is noted. */
  highest(id: string): number {
    return this.#parts.get(partOf(id))?.get(id) ?? 0
  }

  note({ id, revision }: Numbered): void {
    this.#change(id).set(id, revision)
  }

  forget(id: string): void {
    this.#change(id).delete(id)
  }

  /** Writes what was changed. */
  async write(store: RevisionWrites): Promise<void> {
    await Promise.all(
      [...this.#changed].map((part) => {
        const highest = this.#parts.get(part)
        return highest === undefined || highest.size === 0 ? store.delete(part) : store.put({ part, highest })
      }),
    )
  }

  #change(id: string): Map<string, number> {
    const part = partOf(id)
    this.#changed.add(part)
    const there = this.#parts.get(part)
    if (there === undefined) throw new RangeError('expected an id among those that were read')
    return there
  }
}

/** Notes that these were written. */
export async function noteRevisions(store: RevisionWrites, rows: readonly Numbered[]): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const revisions = await Revisions.read(store, ids)
  for (const row of rows) revisions.note(row)
  await revisions.write(store)
}

function partOf(id: string): string {
  return id.slice(0, 1)
}

/** What a damaged or hostile disk gives instead says nothing. */
function numbersIn(row: RevisionsRow | undefined): Map<string, number> {
  return row?.highest instanceof Map ? row.highest : new Map()
}
