// Starts a real browser with the built extension in it. See session.ts for what can be done with one.

import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openAsWebsite } from '../dom/asWebsite.ts'
import { openChromium } from './chromium.ts'
import { openFirefox } from './firefox.ts'
import { isWebsite, type Kind, type LaunchOptions, type Session, waitFor } from './session.ts'
import { giveCompiled, keepCompiled } from './startup.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The folder with the build for a browser. FIELDSEAL_BUILDS names another place for both, e.g. a copy. */
export const buildFor = (kind: Kind): string =>
  join(process.env.FIELDSEAL_BUILDS ?? join(root, '.output'), kind === 'firefox' ? 'firefox-mv3' : 'chrome-mv3')

/** Those of this worker that no file has in use. Its files share modules, and one browser of each kind by that. */
const idle = new Map<Kind, Session>()

/**
 * A browser with Fieldseal just installed, and onboarding open in a tab. It is the one that the file before had, made new, where the
 * browser can be, unless the options ask for one of a kind.
 */
export async function launch(kind: Kind, options: LaunchOptions = {}): Promise<Session> {
  const { extension = buildFor(kind), ...special } = options
  if (!existsSync(join(extension, 'manifest.json'))) throw new Error(`${extension} holds no extension: npm run build`)
  if (isWebsite) return openAsWebsite(kind, extension)
  if (Object.keys(special).length > 0) return start(kind, { ...options, extension })
  const kept = idle.get(kind)
  idle.delete(kind)
  const session = (await madeNew(kept, extension)) ?? (await start(kind, { extension }))
  if (session.renew === undefined) return session
  const { close } = session
  return Object.defineProperty(Object.create(session) as Session, 'close', {
    value: async () => {
      if (idle.has(kind)) await close()
      else idle.set(kind, session)
    },
  })
}

/** Null where it could not be done; then the browser is closed. */
async function madeNew(session: Session | undefined, extension: string): Promise<Session | null> {
  if (session?.renew === undefined) return null
  try {
    await session.renew(extension)
    await waitForOnboarding(session)
    return session
  } catch {
    await session.close().catch(() => undefined)
    return null
  }
}

/** So often it is looked for before the browser itself is asked: some seconds. */
const looksAlone = 20

/** In a new profile a tab opens by itself. Opened later, it would take the front from what a test has before it. */
async function waitForOnboarding(session: Session): Promise<void> {
  let looks = 0
  const look = async () => {
    const known = (await session.ownPages('onboarding.html')).at(-1)
    if (known !== undefined || session.kind !== 'firefox' || ++looks < looksAlone) return known
    // Now and then Puppeteer is not told of a tab that opens while Firefox starts: another one takes the place of that.
    return (await session.inBrowserUi(closeOnboarding)) ? session.openExtensionPage('onboarding.html') : undefined
  }
  // A start may take a busy machine a while.
  await waitFor('onboarding to open by itself', look, { timeoutMs: 60_000 })
}
/** Whether there was one. */
const closeOnboarding = `for (const { gBrowser } of Services.wm.getEnumerator('navigator:browser'))
  for (const tab of gBrowser.tabs)
    if (tab.linkedBrowser.currentURI.spec.endsWith('/onboarding.html')) {
      gBrowser.removeTab(tab)
      return true
    }
  return false`

async function start(kind: Kind, options: LaunchOptions & { readonly extension: string }): Promise<Session> {
  const ownProfile = options.userDataDir === undefined
  const newProfile = ownProfile || (await readdir(options.userDataDir).catch(() => [])).length === 0
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'fieldseal-')))
  const forget = () => (ownProfile ? rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }) : undefined)
  const isNewFirefox = ownProfile && kind === 'firefox' && options.executablePath === undefined
  try {
    if (isNewFirefox) await giveCompiled(userDataDir)
    const open = kind === 'firefox' ? openFirefox : openChromium
    const session = await open({ ...options, userDataDir })
    if (newProfile) await waitForOnboarding(session)
    const close = session.close
    session.close = async () => {
      await close()
      // It saves time, and fails no test.
      if (isNewFirefox) await keepCompiled(userDataDir).catch(() => undefined)
      await forget()
    }
    // One that is shared is closed by the end of its worker.
    if (ownProfile) process.once('exit', () => rmSync(userDataDir, { recursive: true, force: true }))
    return session
  } catch (thrown) {
    await forget()
    throw thrown
  }
}
