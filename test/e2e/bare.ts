// A browser without an extension, for pages that need none.

import type { Browser } from 'puppeteer-core'
import { bareChromium } from './chromium.ts'
import { bareFirefox } from './firefox.ts'
import type { Kind } from './session.ts'

export const bareBrowser = (kind: Kind): Promise<Browser> => (kind === 'firefox' ? bareFirefox() : bareChromium())
