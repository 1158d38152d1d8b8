// Rollback protection: the highest revision of each document that this device has written. A document on the disk with a lower
// revision replaced a later one (FORMAT.md §7.1). The revisions are sharded by the first character of the id, so that a change
// touches few of them. A shard is one string with a line per document: a list of a few rows needs most of the shards, and a
// browser reads a string from the disk faster than it clones a map.

import type { RevisionsRow } from './database.ts'

export interface RevisionStore {
  getAll(shards?: IDBKeyRange): Promise<RevisionsRow[]>
}
export interface RevisionWrites extends RevisionStore {
  put(row: RevisionsRow): Promise<unknown>
  delete(shard: string): Promise<void>
}

interface Numbered {
  readonly id: string
  readonly revision: number
}

/** The highest revisions of some documents. Valid for one transaction. */
export class Revisions {
  readonly #shards: Map<string, string>
  /** The rows as read: a newer version may have added fields, which are written back. */
  readonly #rows: ReadonlyMap<string, RevisionsRow>
  readonly #changed = new Set<string>()

  private constructor(shards: Map<string, string>, rows: readonly RevisionsRow[]) {
    this.#shards = shards
    this.#rows = new Map(rows.map((row) => [row.part, row]))
  }

  /** Reads the shards of these ids, and all shards between them: one request is faster than several. */
  static async read(store: RevisionStore, ids: readonly string[]): Promise<Revisions> {
    const shards = [...new Set(ids.map(shardOf))].sort()
    const [first, last] = [shards[0], shards.at(-1)]
    const none = first === undefined || last === undefined
    const rows = none ? [] : await store.getAll(IDBKeyRange.bound(first, last))
    const present = linesByShard(rows)
    return new Revisions(new Map(shards.map((shard) => [shard, present.get(shard) ?? ''])), rows)
  }

  /** Reads every shard, for ids that are not known yet. */
  static async readAll(store: RevisionStore): Promise<Pick<Revisions, 'highest'>> {
    return new Revisions(linesByShard(await store.getAll()), [])
  }

  /** The highest revision of a document; 0 if none is recorded. */
  highest(id: string): number {
    const lines = this.#shards.get(shardOf(id)) ?? ''
    const prefix = linePrefix(id)
    const start = lines.indexOf(prefix)
    const revision = start < 0 ? 0 : Number.parseInt(lines.slice(start + prefix.length, lineEnd(lines, start)), 10)
    return Number.isSafeInteger(revision) && revision > 0 ? revision : 0
  }

  record({ id, revision }: Numbered): void {
    this.#replace(id, `${linePrefix(id)}${revision}`)
  }

  forget(id: string): void {
    this.#replace(id, '')
  }

  /** Writes the changed shards. */
  async write(store: RevisionWrites): Promise<void> {
    await Promise.all(
      [...this.#changed].map((shard) => {
        const highest = this.#shards.get(shard) ?? ''
        return highest === '' ? store.delete(shard) : store.put({ ...this.#rows.get(shard), part: shard, highest })
      }),
    )
  }

  #replace(id: string, line: string): void {
    const shard = shardOf(id)
    const lines = this.#shards.get(shard)
    if (lines === undefined) throw new RangeError('expected an id among those read')
    const start = lines.indexOf(linePrefix(id))
    this.#shards.set(
      shard,
      start < 0 ? lines + line : lines.slice(0, start) + line + lines.slice(lineEnd(lines, start)),
    )
    this.#changed.add(shard)
  }
}

/** Records these revisions as written. */
export async function recordRevisions(store: RevisionWrites, rows: readonly Numbered[]): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const revisions = await Revisions.read(store, ids)
  for (const row of rows) revisions.record(row)
  await revisions.write(store)
}

/** A hostile disk may have ids that are not strings. */
function shardOf(id: string): string {
  return String(id).slice(0, 1)
}

/** The beginning of a document's line. No id contains a space or a line break. */
function linePrefix(id: string): string {
  return `\n${id} `
}

/** The offset after the line that begins at `start`. */
function lineEnd(lines: string, start: number): number {
  const next = lines.indexOf('\n', start + 1)
  return next < 0 ? lines.length : next
}

/** A shard that is not a string, as from a damaged or hostile disk, counts as empty. */
function linesByShard(rows: readonly RevisionsRow[]): Map<string, string> {
  return new Map(rows.map(({ part, highest }) => [part, typeof highest === 'string' ? highest : '']))
}
