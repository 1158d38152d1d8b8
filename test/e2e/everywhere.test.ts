// The formats in the browsers: the rooms crypto and keyring, bundled as they are, run every vector in a page of a real
// Chromium and a real Firefox. A page on loopback is a secure context, which is all that WebCrypto asks for.

import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfTest } from '../crypto/everywhere.ts'
import { type Vectors, vectors } from '../crypto/vectors.ts'
import { kinds, waitFor } from './session.ts'
import { type Setting, setUp } from './setting.ts'

type Result = Awaited<ReturnType<typeof selfTest>>

/** What the page holds: the bundle's one name, and what became of the run. */
interface Ground {
  everywhere: { selfTest: typeof selfTest }
  outcome?: Result | { thrown: string }
}

let bundle: string
let inNode: Result

beforeAll(async () => {
  bundle = await bundled()
  inNode = await selfTest(vectors)
})

test('every vector holds in Node', () => {
  expect(inNode.failures).toEqual([])
  expect(inNode.passed).toBeGreaterThan(90)
})

describe.each(kinds)('in %s', (kind) => {
  let setting: Setting
  beforeAll(async () => {
    setting = await setUp(kind)
  })
  afterAll(() => setting?.end())

  test('every vector holds, as many as in Node; one that was made up does not, and is reported', async () => {
    const madeUp = { ...vectors, padme: [...vectors.padme, { length: 1234, padded: 1 }] }
    expect(await run(madeUp)).toEqual({ passed: inNode.passed, failures: ['padme 1234'] })
  })

  async function run(handedIn: Vectors): Promise<unknown> {
    const page = await setting.session.newPage(setting.site.origin)
    expect(await page.evaluate(() => isSecureContext)).toBe(true)
    await page.evaluate(bundle)
    await page.evaluate((given) => {
      const ground = globalThis as unknown as Ground
      ground.everywhere.selfTest(given).then(
        (result) => {
          ground.outcome = result
        },
        (thrown) => {
          ground.outcome = { thrown: String(thrown) }
        },
      )
    }, handedIn)
    const look = () => page.evaluate(() => (globalThis as unknown as Ground).outcome ?? null)
    const outcome = await waitFor('the vectors to be through', look, { timeoutMs: 90_000, everyMs: 200 })
    await page.close()
    return outcome
  }
})

/** One script that leaves `everywhere` on the page's global object. Nothing is put in its place or left out. */
async function bundled(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: {
        entry: fileURLToPath(new URL('../crypto/everywhere.ts', import.meta.url)),
        name: 'everywhere',
        formats: ['iife'],
      },
    },
  })
  const [first] = Array.isArray(made) ? made : [made]
  if (first === undefined || !('output' in first)) throw new TypeError('expected a bundle, got none')
  // A `var` of an evaluated script is a property of the global object only when it is put there.
  return `${first.output[0].code}\n;globalThis.everywhere = everywhere`
}
