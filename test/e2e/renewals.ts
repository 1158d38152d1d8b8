// What is asked for a new master key.

import type { Page } from 'puppeteer-core'
import type { Request } from '../../src/messages/protocol.ts'
import { answered, ask } from './asking.ts'

/** Which master key the vault has now, counted. The vault is unlocked. */
export async function masterEpoch(options: Page): Promise<number> {
  return ((await answered(ask(options, 'listUnlockMethods', {}))) as { epoch: number }).epoch
}

/** In the place of the `epoch`th, with no passkeys kept. */
export function renewal(
  password: string,
  recovery: Request<'rotateMasterKey'>['recovery'],
  epoch: number,
): Request<'rotateMasterKey'> {
  return { password, epoch, recovery, passkeys: [] }
}
