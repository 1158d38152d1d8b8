// Stops the background at its n-th write, for the browser to end it there: what was written before is on the disk, a
// transaction under way is not, and nothing comes after. So the points at which a change may be cut are met, one by one; all of
// them in `npm run test:all`, and else one in three, others each day.

import { seed } from '../depth.ts'
import type { Reply } from './asking.ts'
import { type BackgroundScope, everything, type Session, waitFor } from './session.ts'

/** The parts of a background's global object that write. */
interface Writer {
  readonly IDBObjectStore: { readonly prototype: Record<string, unknown> }
  readonly IDBCursor: { readonly prototype: Record<string, unknown> }
  readonly chrome: { readonly storage: Record<string, Record<string, unknown>> }
  stoppedAtWrite?: boolean
}

interface Cut {
  /** Before each time. */
  readonly prepare: () => Promise<unknown>
  readonly change: () => Promise<Reply>
  /** Looks at what is left, after the background was killed. `said`: what it answered, if it came to that. */
  readonly look: (said: Reply | null) => Promise<'old' | 'new'>
}

const stride = everything ? 1 : 3

/** Asks for a change again and again, and kills the background at its first write, at a later one, until there are no more. */
export async function killAtWrites(session: Session, { prepare, change, look }: Cut): Promise<('old' | 'new')[]> {
  const left: ('old' | 'new')[] = []
  for (let nth = 1, through = false; !through; nth = nth === 1 ? 2 + (seed % stride) : nth + stride) {
    await prepare()
    await stopAtWrite(session, nth)
    const heard = change().catch(() => null)
    await Promise.race([
      heard,
      waitFor('the background to stop', () => isStopped(session), { timeoutMs: 30_000 }).catch(() => undefined),
    ])
    // It may have answered, and hang at something that comes after.
    through = !(await isStopped(session))
    await session.killBackground()
    left.push(await look(await heard))
  }
  return left
}

/** What was tried, as a line of a table. */
export interface Tried {
  readonly fault: string
  readonly during: string
  readonly times: number
  readonly left: string
}

export function tableOf(kind: string, rows: readonly Tried[]): string {
  const lines = rows.map(({ fault, during, times, left }) => `| ${fault} | ${during} | ${times} | ${left} |`)
  return [
    `\nFaults tried in ${kind}:`,
    '| fault | during | times | what was left |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n')
}

/** From now on the background makes `nth` - 1 writes and no more: it hangs at the next, for good. */
async function stopAtWrite(session: Session, nth: number): Promise<void> {
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
async function isStopped(session: Session): Promise<boolean> {
  return session.inBackground((scope: BackgroundScope) => (scope as unknown as Writer).stoppedAtWrite === true)
}
