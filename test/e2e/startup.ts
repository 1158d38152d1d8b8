// What Firefox compiles of its own code when it starts in a new profile: half of what a start takes. It is kept from one
// profile for the next ones. Nothing else of a profile is, so that each is as new as before.

import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const kept = fileURLToPath(new URL('../../node_modules/.cache/fieldseal/firefox', import.meta.url))
const compiled = 'startupCache'
/** Says which Firefox it is of. Another one throws away what it finds. */
const stamp = 'compatibility.ini'

const stampIn = (folder: string) => readFile(join(folder, stamp), 'utf8').catch(() => null)

/** Puts what was kept into a profile that is still empty. */
export async function giveCompiled(profile: string): Promise<void> {
  if ((await stampIn(kept)) === null) return
  // Without its stamp, half a copy is nothing to Firefox.
  for (const part of [compiled, stamp]) {
    await cp(join(kept, part), join(profile, part), { recursive: true }).catch(() => undefined)
  }
}

/** Keeps what a Firefox that has been closed left in its profile, unless it is kept already. */
export async function keepCompiled(profile: string): Promise<void> {
  const current = await stampIn(profile)
  if (current === null || current === (await stampIn(kept))) return
  const copy = `${kept}-${process.pid}`
  await mkdir(dirname(kept), { recursive: true })
  for (const part of [compiled, stamp]) await cp(join(profile, part), join(copy, part), { recursive: true })
  await rm(kept, { recursive: true, force: true })
  // Another run may have been faster.
  await rename(copy, kept).catch(() => rm(copy, { recursive: true, force: true }))
}
