// What most end-to-end tests begin with: a browser with Fieldseal, the demo site, and a folder for what the site keeps.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Site, startSite } from '../../demo/site.ts'
import { launch } from './browsers.ts'
import { quickBuildFor } from './quick.ts'
import type { Kind, LaunchOptions, Session } from './session.ts'
import { watched } from './watched.ts'

export const password = 'correct horse battery staple'

export interface Setting {
  readonly session: Session
  readonly site: Site
  end(): Promise<void>
}

/** With the build in which passwords cost little (quick.ts), watched, unless another is given. */
export async function setUp(kind: Kind, options: LaunchOptions = {}): Promise<Setting> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldseal-site-'))
  const site = await startSite({ file: join(folder, 'notes.json') })
  const extension = options.extension ?? (await watched(quickBuildFor(kind)))
  const session = await launch(kind, { ...options, extension }).catch(async (thrown: unknown) => {
    await site.close()
    throw thrown
  })
  return {
    session,
    site,
    async end() {
      await session.close()
      await site.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
