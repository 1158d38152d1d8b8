// Starts a real browser with the built extension in it. See session.ts for what can be done with one.

import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openChromium } from './chromium.ts'
import { openFirefox } from './firefox.ts'
import { type Kind, type LaunchOptions, type Session, waitFor } from './session.ts'
import { giveCompiled, keepCompiled } from './startup.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The folder with the build for a browser. FIELDSEAL_BUILDS names another place for both, e.g. a copy. */
export const buildFor = (kind: Kind): string =>
  join(process.env.FIELDSEAL_BUILDS ?? join(root, '.output'), kind === 'firefox' ? 'firefox-mv3' : 'chrome-mv3')

export async function launch(kind: Kind, options: LaunchOptions = {}): Promise<Session> {
  const extension = options.extension ?? buildFor(kind)
  if (!existsSync(join(extension, 'manifest.json'))) throw new Error(`${extension} holds no extension: npm run build`)
  const ownProfile = options.userDataDir === undefined
  const newProfile = ownProfile || (await readdir(options.userDataDir).catch(() => [])).length === 0
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'fieldseal-')))
  const forget = () => (ownProfile ? rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }) : undefined)
  const isNewFirefox = ownProfile && kind === 'firefox' && options.executablePath === undefined
  try {
    if (isNewFirefox) await giveCompiled(userDataDir)
    const open = kind === 'firefox' ? openFirefox : openChromium
    const session = await open({ ...options, extension, userDataDir })
    // In a new profile a tab opens by itself. Opened later, it would take the front from what a test has before it.
    // A start may take a busy machine a while.
    const first = async () => (await session.ownPages('onboarding.html')).at(-1)
    if (newProfile) await waitFor('onboarding to open by itself', first, { timeoutMs: 60_000 })
    const close = session.close
    session.close = async () => {
      await close()
      // It saves time, and fails no test.
      if (isNewFirefox) await keepCompiled(userDataDir).catch(() => undefined)
      await forget()
    }
    return session
  } catch (thrown) {
    await forget()
    throw thrown
  }
}
