// New keys for every document on this device: at the person's wish, or because the master key that wrapped the old ones was
// replaced. In the background, part by part, each document written only in the place of what it was made from: whatever stops
// this loses nothing, and it goes on where it was. Until a document's turn comes it opens by the key it has.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import { type DocumentRecord, needsRewrapping, reencryptDocuments } from '../../keyring/documents.ts'
import { masterEpochOf } from '../../keyring/masterKeyHistory.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { LibraryState } from '../../messages/vault/library.ts'
import { Queue } from '../../queue.ts'
import { Preference } from '../../storage/preferences.ts'
import {
  countRows,
  type Found,
  type Replacement,
  type Row,
  type RowStore,
  replaceRows,
  rowStores,
  rowsAfter,
} from '../../storage/rows.ts'
import { storedWhole } from '../../storage/storedShape.ts'
import { msPerDay } from '../../time.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreFailures } from '../vault/ignoreFailures.ts'

const atOnce = 350
/** A document that is written again and again while its turn is tried keeps its key, until next time. */
const triesAtMost = 3

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A job under way or over, as it is stored after every part. */
const jobShape = v.object({
  /** Which vault, and which of its master keys, it is for. */
  vaultId: v.string(),
  masterEpoch: count,
  /** Keys made before this are replaced; the empty string for those alone that another master key wraps. An ISO date. */
  before: v.string(),
  state: v.picklist(['running', 'stopped', 'full', 'done']),
  /** Whether the person requested it, and sees how far it is. */
  asked: v.boolean(),
  store: v.picklist(rowStores),
  /** The id of the last row done in `store`. */
  last: v.nullable(v.string()),
  done: count,
  of: count,
  damaged: count,
})
type Job = v.InferOutput<typeof jobShape>

/** A job that makes no sense starts over: documents that have their new key already are skipped. */
export const reencryptionJob = new Preference('rekeying', storedWhole(jobShape))

export class Reencryption {
  readonly #custodian: Custodian
  /** Called after every part. */
  readonly #onProgress: () => Promise<void>
  #run: Promise<void> | null = null
  /** How many changes of the job wait for it to rest, or are made. */
  #resting = 0
  readonly #changes = new Queue()

  constructor(custodian: Custodian, onProgress: () => Promise<void>) {
    this.#custodian = custodian
    this.#onProgress = onProgress
  }

  /** The progress of what the person requested; null for a job of our own. */
  async state(): Promise<LibraryState['reencryption']> {
    const [job, vault] = await Promise.all([reencryptionJob.read(), this.#custodian.unlockedVault()])
    if (job === null || !job.asked || job.vaultId !== vault?.vaultId) return null
    const { state, done, of, damaged } = job
    return { state, done, of: Math.max(of, done), damaged }
  }

  /** Everything gets a new key, or what is left of that where it was stopped. Begins, and does not wait. Failure 'locked' | 'full'. */
  async start(): Promise<void> {
    await this.#whileResting(async () => {
      const vault = await this.#custodian.vault()
      const job = await reencryptionJob.read()
      const goesOn = job?.asked === true && job.state !== 'done' && isFor(job, vault)
      await writeJob(goesOn ? { ...job, state: 'running' } : await newJob(vault, new Date().toISOString(), true))
    })
    this.resume()
  }

  async stop(): Promise<void> {
    await this.#whileResting(async () => {
      const job = await reencryptionJob.read()
      if (job?.asked === true && job.state === 'running') await writeJob({ ...job, state: 'stopped' })
    })
    // A job that nobody requested goes on.
    this.resume()
  }

  /** Goes on with what is left to be done, if the vault is unlocked and nothing is at it already. */
  resume(): void {
    if (this.#run !== null || this.#resting > 0) return
    const run = this.#work().finally(() => {
      this.#run = null
    })
    this.#run = run
    // What a full disk or a lock stops goes on at the next unlock.
    run.catch(ignoreFailures)
  }

  /** Resolves when nothing is at work any more. */
  async whenIdle(): Promise<void> {
    await this.#run?.catch(() => undefined)
  }

  /** Changes the stored job while none is at work: a running one would overwrite it after its part. */
  async #whileResting(change: () => Promise<void>): Promise<void> {
    this.#resting++
    try {
      await this.#changes.run(async () => {
        await this.whenIdle()
        await change()
      })
    } finally {
      this.#resting--
    }
  }

  async #work(): Promise<void> {
    let ahead: Ahead | undefined
    for (let job = await this.#due(); job !== null; ) {
      const vault = await this.#custodian.unlockedVault()
      if (vault === null || this.#resting > 0) return
      if (!isFor(job, vault)) {
        job = await this.#due()
        ahead = undefined
        continue
      }
      try {
        if (ahead?.of !== vault) ahead = new Ahead(vault, job)
        const part = await ahead.take()
        // The next one is sealed while this is written, and read after it.
        const writing = write(vault, job, part)
        ahead.go()
        job = after(job, part, await writing)
        await writeJob(job)
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.code === 'full') await writeJob({ ...job, state: 'full' })
        throw thrown
      } finally {
        await this.#onProgress()
      }
      if (job.state !== 'done') continue
      job = await this.#due()
      ahead = undefined
    }
  }

  /** What is to be done now; null for nothing. */
  async #due(): Promise<Job | null> {
    const vault = await this.#custodian.unlockedVault()
    if (vault === null) return null
    const job = await reencryptionJob.read()
    if (job !== null && isFor(job, vault))
      return job.state === 'running' || (job.state === 'full' && !job.asked) ? job : null
    // Documents that come later than this are wrapped under the master key of now.
    if (masterEpochOf(vault.body) === 1) return null
    const goesOn = job !== null && job.vaultId === vault.vaultId && job.asked && job.state === 'running'
    const started = await newJob(vault, goesOn ? job.before : '', goesOn)
    await writeJob(started)
    return started
  }
}

/** Where a part begins. */
interface Place extends Pick<Job, 'store' | 'last'> {}

/** Some documents, and what is to be written in the place of those that get new keys. */
interface Part extends Place {
  readonly found: readonly Found[]
  readonly changes: readonly Replacement[]
  readonly damaged: number
  /** Where the next part begins; null where this is the last. */
  readonly next: Place | null
}

/** The parts of a job from where it is, one after the other, each prepared before it is taken. Changes nothing. */
class Ahead {
  readonly of: Vault
  readonly #parts: AsyncGenerator<Part, never>
  #next: Promise<{ readonly value: Part }>

  constructor(vault: Vault, job: Job) {
    this.of = vault
    this.#parts = partsFrom(vault, job)
    this.#next = this.#startNext()
  }

  async take(): Promise<Part> {
    return (await this.#next).value
  }

  /** Begins the next one. */
  go(): void {
    this.#next = this.#startNext()
  }

  #startNext(): Promise<{ readonly value: Part }> {
    const next = this.#parts.next()
    // Whoever takes it receives the failure; nobody may come to do so.
    next.catch(() => undefined)
    return next
  }
}

/** Reads parts and seals them anew; the rows of each are read while those before are sealed. After the last, there is none. */
async function* partsFrom(vault: Vault, job: Job): AsyncGenerator<Part, never> {
  let reading = read(job)
  for (let place: Place | null = job; place !== null; ) {
    const { store, last }: Place = place
    const found: Found[] = await reading
    place = placeAfter(store, found)
    if (place !== null) reading = read(place)
    const { changes, damaged } = await reseal(vault, dueOf(vault, job, found))
    // Older than what was written here: to give it a new key would make it look new.
    const replaced = found.filter(isReplaced).length
    yield { store, last, found, changes, damaged: damaged + replaced, next: place }
  }
  throw new RangeError('expected a part, got none')
}

function read({ store, last }: Place): Promise<Found[]> {
  const reading = rowsAfter(store, last, atOnce)
  reading.catch(() => undefined)
  return reading
}

function placeAfter(store: RowStore, found: readonly Found[]): Place | null {
  if (found.length === atOnce) return { store, last: found.at(-1)?.row.id ?? null }
  const next = rowStores[rowStores.indexOf(store) + 1]
  return next === undefined ? null : { store: next, last: null }
}

async function reseal(vault: Vault, due: readonly Row[]) {
  const sealed = await reencryptDocuments(documentKeyring(vault), due, new Date())
  const changes = sealed.flatMap((record, index): Replacement[] => {
    const row = due[index]
    // What else stands in the row stays.
    return row === undefined || record instanceof Failure
      ? []
      : [{ row: { ...row, ...record }, replaces: row.revision }]
  })
  return { changes, damaged: due.length - changes.length }
}

/** Writes a part. Gives how many of those that were written by another meanwhile are damaged. Failure 'full' | 'unavailable'. */
async function write(vault: Vault, job: Job, { store, last, changes }: Part): Promise<number> {
  let [left, damaged] = [changes, 0]
  for (let tried = 1; left.length > 0; tried++) {
    const written = await replaceRows(store, left)
    const missed = new Set(left.map(({ row }) => row.id).filter((id) => !written.has(id)))
    if (missed.size === 0 || tried === triesAtMost) break
    const again = (await rowsAfter(store, last, atOnce)).filter(({ row }) => missed.has(row.id))
    const anew = await reseal(vault, dueOf(vault, job, again))
    left = anew.changes
    damaged += anew.damaged
  }
  return damaged
}

function after(job: Job, { found, damaged, next }: Part, missed: number): Job {
  const reached = { ...job, done: job.done + found.length, damaged: job.damaged + damaged + missed }
  return next === null ? { ...reached, state: 'done' } : { ...reached, ...next }
}

/** Those of the rows that are to get a new key. */
function dueOf(vault: Vault, { before }: Job, found: readonly Found[]): Row[] {
  const rows = found.filter((item) => !isReplaced(item)).map(({ row }) => row)
  // A key dated in the future would escape for ever.
  const future = new Date(Date.now() + msPerDay).toISOString()
  const old = rows.filter((row) => {
    const made = (row as Partial<DocumentRecord>).keyCreatedAt ?? ''
    return made < before || (before !== '' && made > future)
  })
  const others = masterEpochOf(vault.body) === 1 ? [] : needsRewrapping(documentKeyring(vault), rows)
  return [...new Set([...old, ...others])]
}

function isReplaced({ row, newest }: Found): boolean {
  return row.revision < newest
}

function isFor(job: Job, vault: Vault): boolean {
  return job.vaultId === vault.vaultId && job.masterEpoch === masterEpochOf(vault.body)
}

async function newJob(vault: Vault, before: string, asked: boolean): Promise<Job> {
  const counts = await Promise.all(rowStores.map(countRows))
  return {
    vaultId: vault.vaultId,
    masterEpoch: masterEpochOf(vault.body),
    before,
    state: 'running',
    asked,
    store: rowStores[0],
    last: null,
    done: 0,
    of: counts.reduce((sum, rows) => sum + rows, 0),
    damaged: 0,
  }
}

async function writeJob(job: Job): Promise<void> {
  await reencryptionJob.change(() => job)
}
