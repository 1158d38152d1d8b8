// Lives of a background that end in the middle of something: at the n-th thing that is asked of the world outside, be it the
// database, the browser's storage, WebCrypto or Argon2id. From then on nothing that this life began ever happens, and its
// transactions are undone, as when a process is killed. What other lives ask, before and after, is left alone.

import { AsyncLocalStorage } from 'node:async_hooks'
import { wrap } from 'idb'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { Failure } from '../../src/failure.ts'

/** How many turns of the event loop nothing is to move, for it to be still. A request of the database takes a few. */
const stillTurns = 12

interface Life {
  left: number
  ended: boolean
  /** Nobody waits for it: what it asks after its end is never answered, in the place of failing. */
  readonly endsSilently: boolean
  readonly asked: string[]
  /** How much that gives promises is under way. */
  pending: number
  readonly transactions: IDBTransaction[]
}

export interface Ended {
  /** What was asked of the world, by name, up to the end. */
  readonly asked: readonly string[]
  /** Whether it was cut off; else it came to its end by itself. */
  readonly cut: boolean
}

const lives = new AsyncLocalStorage<Life>()

/** Runs `work`, and all that it begins, in a life that ends at the `nth` thing it asks, or once nothing of it moves. */
export async function live<T>(
  nth: number,
  work: () => Promise<T>,
): Promise<Ended & { outcome: PromiseSettledResult<T> }> {
  const life = newLife(nth)
  const [outcome] = await lives.run(life, () => Promise.allSettled([work()]))
  await lives.exit(() => stillness(life))
  const cut = life.ended
  life.ended = true
  return { asked: life.asked, cut, outcome }
}

/** A life that goes on until it is ended, at any moment. What it is to do is run in it, and hears nothing more after its end. */
export function beginLife(): { run<T>(work: () => T): T; end(): void } {
  const life = { ...newLife(Number.POSITIVE_INFINITY), endsSilently: true }
  return { run: (work) => lives.run(life, work), end: () => end(life) }
}

const newLife = (left: number): Life => ({
  left,
  ended: false,
  endsSilently: false,
  asked: [],
  pending: 0,
  transactions: [],
})

function end(life: Life): void {
  life.ended = true
  for (const transaction of life.transactions) undo(transaction)
}

/** Done once the life asks nothing more of the world, and waits for nothing of it. */
async function stillness(life: Life): Promise<void> {
  let seen = life.asked.length
  for (let turns = 0; turns < stillTurns; turns++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (life.pending > 0 || life.asked.length !== seen) turns = 0
    seen = life.asked.length
  }
}

/** Runs `work` in a life that is not cut short, and ends with it. */
export async function liveOut<T>(work: () => Promise<T>): Promise<T> {
  const { outcome } = await live(Number.POSITIVE_INFINITY, work)
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}

/** Is called before anything is asked of the world. Throws in a life that has ended, and in one that ends with this. */
export function asking(what: string): void {
  const life = lives.getStore()
  if (life === undefined) return
  if (!life.ended) {
    life.asked.push(what)
    life.left--
    if (life.left > 0) return
    end(life)
  }
  throw new Failure('unavailable')
}

/** The same, before something that gives a promise. */
export async function askingFor<T>(what: string, real: () => Promise<T> | T): Promise<T> {
  try {
    asking(what)
  } catch (ended) {
    return unanswered(ended)
  }
  return real()
}

/** What a life is promised after its end. */
function unanswered(ended: unknown): Promise<never> {
  return lives.getStore()?.endsSilently ? new Promise(() => undefined) : Promise.reject(ended)
}

function undo(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It was carried out, and what a process did before it was killed stays done.
  }
}

function begun(transaction: IDBTransaction): void {
  const life = lives.getStore()
  if (life === undefined) return
  life.transactions.push(transaction)
  // Nobody is left to hear that it was undone.
  wrap(transaction).done.catch(() => undefined)
}

function countUntilDone(given: Promise<unknown>): void {
  const life = lives.getStore()
  if (life === undefined) return
  life.pending++
  const done = () => {
    life.pending--
  }
  given.then(done, done)
}

type Methods = Record<string, (...args: unknown[]) => unknown>

/** Puts `asking` before methods of the world. What gives promises fails by them, and so do requests: idb hands them on. */
function watch(of: object, names: readonly string[], what: string, promises: boolean): void {
  const methods = of as Methods
  for (const name of names) {
    const real = methods[name]
    if (real === undefined) throw new Error(`expected the world to have ${what}.${name}`)
    methods[name] = function (this: unknown, ...args: unknown[]) {
      try {
        asking(`${what}.${name}`)
      } catch (ended) {
        if (promises) return unanswered(ended)
        // In a transaction that is given all the same nothing is done.
        if (!lives.getStore()?.endsSilently) throw ended
      }
      const given = real.apply(this, args)
      if (name === 'transaction') begun(given as IDBTransaction)
      else if (given instanceof Promise) countUntilDone(given)
      return given
    }
  }
}

const reads = ['get', 'getKey', 'getAll', 'getAllKeys', 'count', 'openCursor']
const subtle = [
  'encrypt',
  'decrypt',
  'generateKey',
  'importKey',
  'exportKey',
  'digest',
  'sign',
  'deriveKey',
  'deriveBits',
]

watch(IDBDatabase.prototype, ['transaction'], 'database', false)
watch(IDBObjectStore.prototype, [...reads, 'put', 'add', 'delete', 'clear'], 'store', true)
watch(IDBCursor.prototype, ['continue', 'update', 'delete'], 'cursor', true)
watch(SubtleCrypto.prototype, subtle, 'subtle', true)
for (const area of ['session', 'local', 'sync'] as const)
  watch(fakeBrowser.storage[area], ['get', 'set', 'remove', 'clear'], `storage.${area}`, true)
