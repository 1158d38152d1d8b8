// Texts between a site and the vault: sealed out of a field and kept in the library, and opened for whoever may see them.

import type { OpenRequest } from '../crypto/textKeys.ts'
import { Failure, only } from '../failure.ts'
import type { Asker } from '../messages/handlers.ts'
import type { Answer, Ask } from '../messages/protocol.ts'
import { addressOf } from './address.ts'
import type { Custodian, Opened } from './custodian.ts'
import type { Keeping } from './library/keeping.ts'
import { isOld } from './library/settings.ts'

const millisecondsPerMinute = 60_000

export interface OpenedText extends Opened {
  /** It was sealed longer ago than the person lets a key grow old. */
  readonly old: boolean
}

export class Texts {
  readonly #custodian: Custodian
  readonly #keeping: Keeping

  constructor(custodian: Custodian, keeping: Keeping) {
    this.#custodian = custodian
    this.#keeping = keeping
  }

  /** In their order, for each what was sealed, or its failure. Failure 'locked'. */
  async openMany(requests: readonly OpenRequest[]): Promise<(OpenedText | Failure)[]> {
    const opened = await this.#custodian.openMany(requests)
    const vault = await this.#custodian.vault()
    return opened.map((each) =>
      each instanceof Failure ? each : { ...each, old: isOld(vault, each.minutes * millisecondsPerMinute) },
    )
  }

  /** In a page with this origin, or outside one. */
  async open(sealed: string, origin: string | null): Promise<OpenedText> {
    return only(await this.openMany([{ sealed, origin }]))
  }

  /** Seals what stands in a field, and keeps a copy before the site has it: what the site then loses is in the library. */
  async seal({ text, replaces }: Ask<'seal'>, { origin, tabUrl, inPrivate }: Asker): Promise<Answer<'seal'>> {
    const sealed = await this.#custodian.seal(text, origin)
    await this.#keeping.keep({ text, sealed, origin, url: addressOf(tabUrl), replaces, inPrivate })
    return { sealed }
  }
}
