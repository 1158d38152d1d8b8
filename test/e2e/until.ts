// Waits for something in a page inside the page, instead of asking the browser again and again: one question, answered when it
// is so. A navigation in the middle takes the question away; it is asked again in the new document until the time is over.

import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import type { InPage, Seen } from './inPage.ts'
import { patience, usualMs, waitFor, within } from './session.ts'
import type { Wanted } from './tree.ts'
import { watchFor } from './watchFor.ts'

export type Place = Page | Frame

/** No question is longer than this: Puppeteer's line to a frame may be dead from the start, and the next one not. */
const longestMs = 4_000
/** How much later than at its end an answer may come. */
const lateMs = 2_000

/** Waits until `look`, run in the page's own world, gives something. What it throws says what is there instead. */
export function until<T, Args extends unknown[]>(
  place: Place,
  what: string,
  look: (...args: Args) => T,
  args: Args = [] as unknown as Args,
  timeoutMs = usualMs,
): Promise<Exclude<T, null | undefined | false>> {
  const called = `() => (${look})(...${JSON.stringify(args)})`
  return waitInPage(what, timeoutMs, (leftMs) => place.evaluate(`(${watchFor})(${called}, ${leftMs})`) as Promise<T>)
}

type Asked<Name extends keyof InPage> = Parameters<InPage[Name]> extends [...infer Args, number] ? Args : never
type Answer<Name extends keyof InPage> = Awaited<ReturnType<InPage[Name]>>

/** Waits for the answer of one of the functions in inPage.ts. */
export function untilIn<Name extends keyof InPage>(
  place: Place,
  what: string,
  name: Name,
  args: Asked<Name>,
  timeoutMs = usualMs,
): Promise<Answer<Name>> {
  const ask = (leftMs: number) => inWorld(place, (world) => world.evaluate(callInPage, name, [...args, leftMs]))
  return waitInPage(what, timeoutMs, ask) as Promise<Answer<Name>>
}

/** The same for an element. */
export function elementIn<Name extends 'found' | 'field' | 'pressable'>(
  place: Place,
  what: string,
  name: Name,
  args: Asked<Name>,
  timeoutMs = usualMs,
): Promise<ElementHandle<Element>> {
  const ask = (leftMs: number) => inWorld(place, (world) => world.evaluateHandle(callInPage, name, [...args, leftMs]))
  return waitInPage(what, timeoutMs, ask) as Promise<ElementHandle<Element>>
}

/** Whether it is there now. */
export const hasIn = (place: Place, wanted: Wanted): Promise<boolean> =>
  inWorld(place, (world) => world.evaluate(callInPage, 'has', [wanted])) as Promise<boolean>

/** Whether the last press met what it was meant for. A page that is gone, or does not answer, has been met by something. */
export const wasMet = (place: Place): Promise<boolean> =>
  within(inWorld(place, (world) => world.evaluate(callInPage, 'met', [])) as Promise<boolean>, lateMs).catch(() => true)

/** All that is there now. */
export const allIn = (place: Place, wanted: Wanted): Promise<Seen[]> =>
  inWorld(place, (world) => world.evaluate(callInPage, 'all', [wanted])) as Promise<Seen[]>

function waitInPage<T>(
  what: string,
  timeoutMs: number,
  ask: (leftMs: number) => Promise<T>,
): Promise<Exclude<T, null | undefined | false>> {
  const end = Date.now() + patience(timeoutMs)
  const look = () => {
    const leftMs = Math.max(0, Math.min(end - Date.now(), longestMs))
    return within(ask(leftMs), leftMs + lateMs)
  }
  return waitFor(what, look, { timeoutMs }) as Promise<Exclude<T, null | undefined | false>>
}

/** A world of a frame's document that the page's scripts do not see: its globals are others. */
interface World {
  evaluate(script: string): Promise<unknown>
  evaluate<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): Promise<unknown>
  evaluateHandle<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): Promise<unknown>
}

const missing = 'inPage.ts is not here'

/** Runs in such a world. */
function callInPage(name: string, args: unknown[]): unknown {
  const { inPage } = globalThis as unknown as { inPage?: Record<string, (...args: unknown[]) => unknown> }
  if (inPage === undefined) throw new Error('inPage.ts is not here')
  return inPage[name]?.(...args)
}

async function inWorld<T>(place: Place, ask: (world: World) => Promise<T>): Promise<T> {
  const frame = 'mainFrame' in place ? place.mainFrame() : place
  const world = (frame as unknown as { isolatedRealm(): World }).isolatedRealm()
  try {
    return await ask(world)
  } catch (thrown) {
    if (!String(thrown).includes(missing)) throw thrown
    await world.evaluate(await built())
    return ask(world)
  }
}

let script: Promise<string> | undefined
const built = () => {
  script ??= build()
  return script
}

/** Built once for all runs, until it is changed. */
async function build(): Promise<string> {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const parts = ['inPage.ts', 'tree.ts', 'watchFor.ts', '../../package-lock.json'].map((name) => join(folder, name))
  const hash = createHash('sha256')
  for (const part of parts) hash.update(await readFile(part))
  const cache = join(folder, '../../node_modules/.cache/fieldseal/inPage')
  const file = join(cache, `${hash.digest('hex').slice(0, 16)}.js`)
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept !== null) return kept
  const { build } = await import('vite')
  const lib = { entry: join(folder, 'inPage.ts'), formats: ['iife' as const], name: 'built' }
  const built = await build({ configFile: false, logLevel: 'error', build: { lib, write: false, target: 'es2023' } })
  const [{ output } = { output: [] }] = built as { output: { code: string }[] }[]
  const code = output[0]?.code ?? ''
  await mkdir(cache, { recursive: true })
  // Others may build it at the same time, and none may read half of it.
  await writeFile(`${file}.${process.pid}`, code)
  await rename(`${file}.${process.pid}`, file)
  return code
}
