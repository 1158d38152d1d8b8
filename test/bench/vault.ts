// How long it takes to get at what is sealed: unlocking, beside native Argon2id and hash-wasm in Node with the same
// parameters in the same run; from pressing Unlock to the first text readable; and merging two great vaults.

import { leastCost } from '../../src/crypto/kdf.ts'
import { newRecoverySecret } from '../../src/crypto/recovery.ts'
import { mergeVaults } from '../../src/keyring/merge.ts'
import { createVault, type Vault, withBody } from '../../src/keyring/vault.ts'
import { answered, ask } from '../e2e/asking.ts'
import { backupHead } from '../e2e/backups.ts'
import { waitFor } from '../e2e/session.ts'
import { fill, openedTexts, press } from '../e2e/steps.ts'
import { algorithmsByName } from './argon2.ts'
import { median, type Row, type Setting } from './measures.ts'

export const password = 'correct horse battery staple'
const circlesInVault = 1_000

interface Cost {
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
}

export async function unlocking({ session, rounds }: Setting): Promise<Row[]> {
  const popup = await session.openExtensionPage('popup.html')
  const options = await session.openExtensionPage('options.html')
  await answered(ask(popup, 'unlock', { password }))
  const { slots } = JSON.parse(JSON.parse(await backupHead(options)).record.header) as {
    slots: { kind: string; kdf: Cost }[]
  }
  const cost = slots.find(({ kind }) => kind === 'password')?.kdf
  if (cost === undefined) throw new Error('expected a password slot')
  const once = async () => {
    await answered(ask(options, 'lock', {}))
    return popup.evaluate(async (secret) => {
      const { chrome } = globalThis as unknown as {
        chrome: { runtime: { sendMessage(message: object): Promise<unknown> } }
      }
      const from = performance.now()
      await chrome.runtime.sendMessage({ name: 'unlock', request: { password: secret } })
      return performance.now() - from
    }, password)
  }
  const taken = new Map<string, number[]>()
  const note = (name: string, ms: number) => taken.set(name, [...(taken.get(name) ?? []), ms])
  for (let round = 0; round < rounds; round++) {
    note('ours', await once())
    for (const [name, derive] of Object.entries(algorithmsByName)) {
      const from = performance.now()
      await derive(password, cost)
      note(name, performance.now() - from)
    }
  }
  const of = (name: string) => median(taken.get(name) ?? [])
  await popup.close()
  await options.close()
  const { memoryKiB, iterations, parallelism } = cost
  const what = `unlocking, ${memoryKiB / 1024} MiB × ${iterations} passes, ${parallelism} lanes`
  return Object.keys(algorithmsByName).map((name) => ({
    what,
    unit: 'ms',
    ours: of('ours'),
    other: of(name),
    against: name,
  }))
}

export async function readable({ session, pages, rounds }: Setting): Promise<Row[]> {
  const page = await session.newPage(`${pages.origin}/twenty`)
  const options = await session.openExtensionPage('options.html')
  const [whole, alone]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    await answered(ask(options, 'lock', {}))
    await page.bringToFront()
    const popup = await session.realPopup(page)
    await fill(popup, 'Password', password)
    const from = performance.now()
    await press(popup, 'Unlock')
    const shown = async () => (await openedTexts(session, page)).length > 0
    await waitFor('a text to be readable', shown, { everyMs: 5, timeoutMs: 60_000 })
    whole.push(performance.now() - from)
    await session.closePopup()
    await answered(ask(options, 'lock', {}))
    const unlockPage = await session.openExtensionPage('popup.html')
    const asked = performance.now()
    await answered(ask(unlockPage, 'unlock', { password }))
    alone.push(performance.now() - asked)
    await unlockPage.close()
  }
  await page.close()
  await options.close()
  const what = 'from pressing Unlock to the first of 20 texts readable'
  return [{ what, unit: 'ms', ours: median(whole), other: median(alone), against: 'the unlocking alone' }]
}

/** In Node: two states of one vault, each with changes of its own, merged. */
export async function merging(rounds: number): Promise<Row[]> {
  const now = new Date()
  const secrets = { password, recovery: newRecoverySecret(), cost: leastCost }
  const made = await createVault(secrets, now)
  const [first] = made.body.circles
  if (first === undefined) throw new Error('expected a circle')
  const more = Array.from({ length: circlesInVault - 1 }, (_, n) => ({
    ...first,
    id: `circle-${n}`,
    name: `Circle ${n}`,
  }))
  const grown = withBody(made, { ...made.body, circles: [...made.body.circles, ...more] }, now)
  const renamed = (vault: Vault, from: number) => {
    const circles = vault.body.circles.map((circle, n) =>
      n % 2 === from ? { ...circle, name: `${circle.name}'` } : circle,
    )
    return withBody(vault, { ...vault.body, circles }, new Date(now.getTime() + from + 1))
  }
  const [mine, theirs] = [renamed(grown, 0), renamed(grown, 1)]
  const [merged, copied]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    mergeVaults(mine, theirs, now)
    const middle = performance.now()
    for (const { body } of [mine, theirs]) JSON.parse(JSON.stringify(body))
    merged.push(middle - from)
    copied.push(performance.now() - middle)
  }
  const what = `merging two vaults with ${circlesInVault.toLocaleString('en')} circles, sealed anew`
  return [
    { what, unit: 'ms', ours: median(merged), other: median(copied), against: 'both bodies through JSON and back' },
  ]
}
