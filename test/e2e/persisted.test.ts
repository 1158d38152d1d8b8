// What a browser removes when the disk is full, and what it promised to keep. Firefox promises when the onboarding tab asks it;
// Chromium promises to no extension, and removes nothing of one that has `unlimitedStorage`.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { words } from '../words.ts'
import { answered, ask } from './asking.ts'
import { launch } from './browsers.ts'
import { quickBuildFor } from './quick.ts'
import { kinds, type Session, waitFor } from './session.ts'
import { password } from './setting.ts'
import { press, says } from './steps.ts'

const warning = words('backup.persistence.mayBeRemoved')
/** For everything that Firefox keeps, in KiB: less than a vault takes. At its start it removes what is above that. */
const full = { 'dom.quotaManager.temporaryStorage.fixedLimit': 64 }
const consent = (verb: string) => `
  const principal = Services.scriptSecurityManager.createContentPrincipal(extension.baseURI, {})
  Services.perms.addFromPrincipal(principal, 'persistent-storage', Services.perms.${verb}_ACTION)`

describe.each(kinds)('in %s', (kind) => {
  const inFirefox = kind === 'firefox'

  test('the browser is asked to keep the vault once it is made, and the person is asked nothing', async () => {
    await withBrowser(async (start) => {
      const session = await start()
      const onboarding = await session.openExtensionPage('onboarding.html')
      expect(await onboarding.evaluate(() => navigator.storage.persisted())).toBe(false)
      const tab = await makeVault(session)
      if (inFirefox) await waitFor('the browser to agree', () => tab.evaluate(() => navigator.storage.persisted()))
      await tab.close()
      const options = await session.openExtensionPage('options.html')
      await says(options, words('backup.save.removed'))
      expect(await options.evaluate(() => navigator.storage.persisted())).toBe(inFirefox)
      expect(await options.evaluate(() => document.body.innerText)).not.toContain(warning)
      if (!inFirefox) return
      expect(await session.inBrowserUi('return PopupNotifications.isPanelOpen')).toBe(false)
      await session.close()
      const later = await start(full)
      const page = await later.openExtensionPage('popup.html')
      expect(await answered(ask(page, 'getVaultState', {}))).toMatchObject({ vault: 'locked' })
    })
  })

  test.runIf(inFirefox)('the options say so where the browser declines, and ask it again', async () => {
    await withBrowser(async (start) => {
      const session = await start()
      await session.inBrowserUi(consent('DENY'))
      await makeVault(session)
      const options = await session.openExtensionPage('options.html')
      await says(options, warning)
      await press(options, words('backup.persistence.ask'))
      await says(options, words('backup.persistence.declined'))
      await session.inBrowserUi(consent('ALLOW'))
      await press(options, words('backup.persistence.ask'))
      await waitFor(
        'the warning to go',
        async () => !(await options.evaluate(() => document.body.innerText)).includes(warning),
      )
      expect(await options.evaluate(() => navigator.storage.persisted())).toBe(true)
    })
  })

  /** Runs `work` with browsers of one profile, one after the other. */
  async function withBrowser(work: (start: (prefs?: object) => Promise<Session>) => Promise<void>): Promise<void> {
    const userDataDir = await mkdtemp(join(tmpdir(), 'fieldseal-profile-'))
    let session: Session | undefined
    try {
      await work(async (prefs = {}) => {
        session = await launch(kind, { userDataDir, extension: quickBuildFor(kind), prefs: { ...prefs } })
        return session
      })
    } finally {
      await session?.close()
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 })
    }
  }

  /** Gives the onboarding tab in which it was made. */
  async function makeVault(session: Session): Promise<Page> {
    const page = (await session.ownPages('onboarding.html'))[0] ?? (await session.openExtensionPage('onboarding.html'))
    await page.bringToFront()
    const { recoveryKey } = (await answered(ask(page, 'proposeRecoveryKey', {}))) as { recoveryKey: string }
    await answered(ask(page, 'createVault', { password, strong: null, recoveryKey }))
    await says(page, words('onboarding.haveVault.heading'))
    return page
  }
})
