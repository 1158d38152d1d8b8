// Counts in a context what is under way there, so that a test can wait until nothing is (settled.ts). It stands at the beginning of
// each script in a copy of the build (watched.ts), and nowhere in the build itself. Knows nothing from outside of this function.

/** What is under way in one context. */
export interface Work {
  /** How much has begun there so far. */
  readonly begun: number
  /** What has begun and is not over, in words. */
  readonly underWay: readonly string[]
}

/** A timer that is shorter than this many milliseconds is waited for. What is done at leisure takes longer ones. */
export const soonMs = 800

/** What a function was before it was counted is its `original`: who looks at the work does not add to it. */
export function watchWork(atMostMs: number): void {
  type Act = (...args: unknown[]) => unknown
  type Owner = Record<string, unknown>
  const world = globalThis as unknown as Owner
  if ('fieldsealWork' in world) return

  let begun = 0
  const underWay = new Map<number, string>()
  const begin = (what: string) => {
    const number = ++begun
    underWay.set(number, what)
    return () => void underWay.delete(number)
  }
  const replace = (owner: Owner, name: string, instead: (original: Act) => Act) => {
    const original = owner[name]
    if (typeof original !== 'function' || 'original' in original) return
    owner[name] = Object.assign(instead(original as Act), { original })
  }

  const later = world.setTimeout as Act
  for (const [set, clear] of [
    ['setTimeout', 'clearTimeout'],
    ['requestIdleCallback', 'cancelIdleCallback'],
  ] as const) {
    const ends = new Map<unknown, () => void>()
    replace(world, set, (original) => (act, when, ...args) => {
      const isLate = set === 'setTimeout' && Number(when) >= atMostMs
      if (typeof act !== 'function' || isLate) return original(act, when, ...args)
      const end = begin(`${set} ${JSON.stringify(when)}`)
      // A page that draws nothing may have no idle time at all.
      if (set === 'requestIdleCallback') later(end, atMostMs)
      const run: Act = (...given) => {
        ends.delete(id)
        end()
        act(...given)
      }
      const id = original(run, when, ...args)
      ends.set(id, end)
      return id
    })
    replace(world, clear, (original) => (id) => {
      ends.get(id)?.()
      ends.delete(id)
      return original(id)
    })
  }

  /** What answers by a promise or by a function that is given to it last. */
  const answering = (what: string) => (original: Act) =>
    function (this: unknown, ...args: unknown[]) {
      const last = args.at(-1)
      if (typeof last === 'function') {
        const end = begin(what)
        args[args.length - 1] = (...given: unknown[]) => {
          end()
          return last(...given)
        }
      }
      const result = original.apply(this, args) as { then?: Act } | undefined
      if (typeof result?.then === 'function') {
        const end = begin(what)
        result.then(end, end)
      }
      return result
    }
  const spaces = 'action alarms contextMenus idle menus offscreen permissions runtime scripting tabs windows'.split(' ')
  for (const root of [world.chrome, world.browser] as (Owner | undefined)[]) {
    const storage = root?.storage as Owner | undefined
    const owners = [
      ...spaces.map((name) => [name, root?.[name]] as const),
      ...['local', 'session', 'sync'].map((name) => [name, storage?.[name]] as const),
    ]
    for (const [name, owner] of owners as [string, Owner | undefined][])
      for (const key in owner) replace(owner, key, answering(`${name}.${key}`))
  }

  const prototypeOf = (name: string) => (world[name] as { prototype: Owner } | undefined)?.prototype
  const subtle = prototypeOf('SubtleCrypto')
  for (const key in subtle) replace(subtle, key, answering(`subtle.${key}`))
  for (const [owner, name, kinds] of [
    [prototypeOf('IDBFactory'), 'open', ['success', 'error', 'blocked']],
    [prototypeOf('IDBDatabase'), 'transaction', ['complete', 'abort']],
  ] as const) {
    if (owner === undefined) continue
    replace(owner, name, (original) => {
      return function (this: unknown, ...args: unknown[]) {
        const made = original.apply(this, args) as EventTarget
        const end = begin(name)
        for (const kind of kinds) made.addEventListener(kind, end)
        return made
      }
    })
  }

  // A document that comes back out of the browser's cache is not told what was answered meanwhile.
  const forget = (event: unknown) => (event as PageTransitionEvent).persisted && underWay.clear()
  if ('document' in world) (world as unknown as Window).addEventListener('pageshow', forget)

  Object.defineProperty(world, 'fieldsealWork', { value: (): Work => ({ begun, underWay: [...underWay.values()] }) })
}
