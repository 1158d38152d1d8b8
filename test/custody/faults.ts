// Writes that fail, one at a time: the n-th write to IndexedDB or to the session's storage is refused, or is taken and
// then lost when its transaction does not commit, or is the last thing that happens before the power goes.

import { vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'

/**
 * `refused`: the write fails, and with it its transaction. `lost`: the write succeeds and its transaction does not commit.
 * `crash`: as `refused`, and nothing is written after it either.
 */
export type Kind = 'refused' | 'lost' | 'crash'

/** The parts of fake-indexeddb's transaction by which a write fails as in a browser: with an event, then an abort. */
interface Inside extends EventTarget {
  _execRequestAsync(what: { source: object; operation: () => never }): IDBRequest
  _abort(name: string): void
}

export interface Fault {
  /** Whether it came to the n-th write at all. */
  happened(): boolean
  mend(): void
}

/** Makes the `nth` write from now on fail in this way, with an error of this name. */
export function breakWrite(nth: number, kind: Kind, name = 'UnknownError'): Fault {
  let count = 0
  let happened = false
  const strikes = () => {
    count++
    if (count === nth) happened = true
    return count === nth || (kind === 'crash' && count > nth)
  }
  const error = () => new DOMException('made to fail', name)
  const mends = [
    ...(['put', 'delete'] as const).map((verb) => {
      const original = IDBObjectStore.prototype[verb]
      const spy = vi.spyOn(IDBObjectStore.prototype, verb)
      spy.mockImplementation(function (this: IDBObjectStore, ...args: unknown[]) {
        const inside = this.transaction as unknown as Inside
        const write = () => Reflect.apply(original, this, args) as IDBRequest<undefined>
        // Taking something away is no risk to a full disk, but nothing happens after a crash.
        const struck = verb === 'put' ? strikes() : happened && kind === 'crash'
        if (!struck) return write()
        if (kind !== 'lost') {
          const operation = () => {
            throw error()
          }
          return inside._execRequestAsync({ source: this, operation }) as IDBRequest<undefined>
        }
        const request = write()
        request.addEventListener('success', () => inside._abort(name))
        return request
      })
      return () => spy.mockRestore()
    }),
    ...(['set', 'remove'] as const).map((verb) => {
      const { session } = fakeBrowser.storage
      const original = session[verb] as (what: unknown) => Promise<void>
      const spy = vi.spyOn(session, verb).mockImplementation(async (what: unknown) => {
        if (verb === 'set' ? strikes() : happened && kind === 'crash') throw error()
        return original(what)
      })
      return () => spy.mockRestore()
    }),
  ]
  return {
    happened: () => happened,
    mend: () => {
      for (const mend of mends) mend()
    },
  }
}

/** From now on the disk takes nothing more. The session's storage is in memory, and does. */
export function fullDisk(): Pick<Fault, 'mend'> {
  const spies = (['put', 'add'] as const).map((verb) =>
    vi.spyOn(IDBObjectStore.prototype, verb).mockImplementation(function (this: IDBObjectStore) {
      const operation = () => {
        throw new DOMException('made to fail', 'QuotaExceededError')
      }
      const inside = this.transaction as unknown as Inside
      return inside._execRequestAsync({ source: this, operation }) as IDBRequest<IDBValidKey>
    }),
  )
  return {
    mend() {
      for (const spy of spies) spy.mockRestore()
    },
  }
}

/** From now on these calls of the session's storage fail. */
export function breakSession(...verbs: ('get' | 'set' | 'remove' | 'clear')[]): Pick<Fault, 'mend'> {
  const { session } = fakeBrowser.storage
  const spies = verbs.map((verb) => vi.spyOn(session, verb).mockRejectedValue(new Error('made to fail')))
  return {
    mend() {
      for (const spy of spies) spy.mockRestore()
    },
  }
}

/** From now on these requests to IndexedDB fail. */
export function breakDisk(...verbs: ('put' | 'delete')[]): Pick<Fault, 'mend'> {
  const spies = verbs.map((verb) =>
    vi.spyOn(IDBObjectStore.prototype, verb).mockImplementation(() => {
      throw new DOMException('made to fail', 'UnknownError')
    }),
  )
  return {
    mend() {
      for (const spy of spies) spy.mockRestore()
    },
  }
}
