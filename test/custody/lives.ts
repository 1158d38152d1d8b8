// Lives of a background that end in the middle of something: at the n-th thing that is asked of the world outside, be it the
// database, the browser's storage, WebCrypto or Argon2id. From then on nothing that this life began ever happens, and its
// transactions are undone, as when a process is killed. What other lives ask, before and after, is left alone.

import { AsyncLocalStorage } from 'node:async_hooks'
import { wrap } from 'idb'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { Failure } from '../../src/failure.ts'

/** How long nothing is to move. */
const stillMs = 12

interface Life {
  left: number
  ended: boolean
  readonly asked: string[]
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
  const life: Life = { left: nth, ended: false, asked: [], transactions: [] }
  const [outcome] = await lives.run(life, () => Promise.allSettled([work()]))
  for (let seen = -1; seen !== life.asked.length; ) {
    seen = life.asked.length
    await lives.exit(() => new Promise((resolve) => setTimeout(resolve, stillMs)))
  }
  const cut = life.ended
  life.ended = true
  return { asked: life.asked, cut, outcome }
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
    life.ended = true
    for (const transaction of life.transactions) undo(transaction)
  }
  throw new Failure('unavailable')
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
        if (promises) return Promise.reject(ended)
        throw ended
      }
      const given = real.apply(this, args)
      if (name === 'transaction') begun(given as IDBTransaction)
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
