// Something to keep passkeys in, for one tab of Chromium: the browser's own virtual authenticator, which answers as a fingerprint
// reader would, at once. It lives as long as its tab, and other tabs do not see it.

import type { CDPSession, Page } from 'puppeteer-core'

export interface Authenticator {
  /** The passkeys in it, by whom they are for. */
  relyingParties(): Promise<string[]>
}

/** A new authenticator for this tab. `prf`: it gives bytes to make keys of. Not `willing`: nobody shows it a finger. */
export async function plugIn(
  page: Page,
  { prf, willing = true }: { prf: boolean; willing?: boolean },
): Promise<Authenticator> {
  const line: CDPSession = await page.createCDPSession()
  await line.send('WebAuthn.enable')
  const { authenticatorId } = await line.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: willing,
      automaticPresenceSimulation: true,
      hasPrf: prf,
    },
  })
  return {
    async relyingParties() {
      const { credentials } = await line.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.map(({ rpId }) => rpId ?? '')
    },
  }
}
