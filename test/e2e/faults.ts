// Stops the background at its n-th write, for the browser to end it there: what was written before is on the disk, a
// transaction under way is not, and nothing comes after. So every point at which a change may be cut is met, one by one.

import type { BackgroundScope, Session } from './session.ts'

/** The parts of a background's global object that write. */
interface Writer {
  readonly IDBObjectStore: { readonly prototype: Record<string, unknown> }
  readonly IDBCursor: { readonly prototype: Record<string, unknown> }
  readonly chrome: { readonly storage: Record<string, Record<string, unknown>> }
  stoppedAtWrite?: boolean
}

/** From now on the background makes `nth` - 1 writes and no more: it hangs at the next, for good. */
export async function stopAtWrite(session: Session, nth: number): Promise<void> {
  await session.inBackground((scope: BackgroundScope, stopAt) => {
    const world = scope as unknown as Writer
    let left = stopAt
    const hang = () => {
      world.stoppedAtWrite = true
      return new Promise(() => undefined)
    }
    // Once stopped, what is not under way yet does not begin.
    const stops = () => world.stoppedAtWrite === true || --left === 0
    const guard = (owner: Record<string, unknown>, method: string, before: (self: unknown) => void) => {
      const real = owner[method]
      if (typeof real !== 'function') return
      owner[method] = function (this: unknown, ...args: unknown[]) {
        if (!stops()) return real.apply(this, args)
        before(this)
        return hang()
      }
    }
    // Left alone, a transaction would be carried out as far as it got: one that is cut by a crash is not.
    const abort = (self: unknown) => {
      const { transaction, source } = self as { transaction?: IDBTransaction; source?: { transaction: IDBTransaction } }
      ;(transaction ?? source?.transaction)?.abort()
    }
    for (const method of ['put', 'add', 'delete', 'clear']) guard(world.IDBObjectStore.prototype, method, abort)
    for (const method of ['update', 'delete']) guard(world.IDBCursor.prototype, method, abort)
    for (const area of ['session', 'local', 'sync']) {
      const storage = world.chrome.storage[area]
      for (const method of ['set', 'remove', 'clear']) if (storage) guard(storage, method, () => undefined)
    }
  }, nth)
}

/** Whether the background has come to that write. */
export async function isStopped(session: Session): Promise<boolean> {
  return session.inBackground((scope: BackgroundScope) => (scope as unknown as Writer).stoppedAtWrite === true)
}
