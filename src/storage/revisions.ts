// The highest revision of each document that was written here, by which an older one put in its place is noticed. Noted for
// many documents together, in parts by the first letter of their ids: what is written in one go touches few of them. A part is
// one string, a line for each document: a list of a few rows needs most of the parts, and a browser takes a string from the
// disk as it is, where it would have to put a map together, note by note.

import type { RevisionsRow } from './database.ts'

export interface RevisionStore {
  getAll(parts?: IDBKeyRange): Promise<RevisionsRow[]>
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
  readonly #parts: Map<string, string>
  /** The rows as they were read, for what another version has added to them. */
  readonly #rows: ReadonlyMap<string, RevisionsRow>
  readonly #changed = new Set<string>()

  private constructor(parts: Map<string, string>, rows: readonly RevisionsRow[]) {
    this.#parts = parts
    this.#rows = new Map(rows.map((row) => [row.part, row]))
  }

  /** All that is noted of these. What lies between their parts is read with them: to ask once is what saves time. */
  static async read(store: RevisionStore, ids: readonly string[]): Promise<Revisions> {
    const parts = [...new Set(ids.map(partOf))].sort()
    const [first, last] = [parts[0], parts.at(-1)]
    const none = first === undefined || last === undefined
    const rows = none ? [] : await store.getAll(IDBKeyRange.bound(first, last))
    const there = partsIn(rows)
    return new Revisions(new Map(parts.map((part) => [part, there.get(part) ?? ''])), rows)
  }

  /** All that is noted, to be looked at: for who does not know yet of which documents. */
  static async readAll(store: RevisionStore): Promise<Pick<Revisions, 'highest'>> {
    return new Revisions(partsIn(await store.getAll()), [])
  }

  /** 0 where nothing is noted. */
  highest(id: string): number {
    const lines = this.#parts.get(partOf(id)) ?? ''
    const begun = beginning(id)
    const at = lines.indexOf(begun)
    const revision = at < 0 ? 0 : Number.parseInt(lines.slice(at + begun.length, endOf(lines, at)), 10)
    return Number.isSafeInteger(revision) && revision > 0 ? revision : 0
  }

  note({ id, revision }: Numbered): void {
    this.#replace(id, `${beginning(id)}${revision}`)
  }

  forget(id: string): void {
    this.#replace(id, '')
  }

  /** Writes what was changed. */
  async write(store: RevisionWrites): Promise<void> {
    await Promise.all(
      [...this.#changed].map((part) => {
        const highest = this.#parts.get(part) ?? ''
        return highest === '' ? store.delete(part) : store.put({ ...this.#rows.get(part), part, highest })
      }),
    )
  }

  #replace(id: string, line: string): void {
    const part = partOf(id)
    const lines = this.#parts.get(part)
    if (lines === undefined) throw new RangeError('expected an id among those that were read')
    const at = lines.indexOf(beginning(id))
    this.#parts.set(part, at < 0 ? lines + line : lines.slice(0, at) + line + lines.slice(endOf(lines, at)))
    this.#changed.add(part)
  }
}

/** Notes that these were written. */
export async function noteRevisions(store: RevisionWrites, rows: readonly Numbered[]): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const revisions = await Revisions.read(store, ids)
  for (const row of rows) revisions.note(row)
  await revisions.write(store)
}

/** A hostile disk may give ids that are no strings. */
function partOf(id: string): string {
  return String(id).slice(0, 1)
}

/** What a document's line begins with. No id has a space or a line break in it. */
function beginning(id: string): string {
  return `\n${id} `
}

/** Where the line that begins at `at` ends. */
function endOf(lines: string, at: number): number {
  const next = lines.indexOf('\n', at + 1)
  return next < 0 ? lines.length : next
}

/** What a damaged or hostile disk gives instead says nothing. */
function partsIn(rows: readonly RevisionsRow[]): Map<string, string> {
  return new Map(rows.map(({ part, highest }) => [part, typeof highest === 'string' ? highest : '']))
}
