// Seals texts, opens them, and makes views of them. Holds the keys that were derived for opened texts, by those of the vault that
// is unlocked, until a lock overwrites them or another vault takes its place.

import { lacksLetters, lostCapitals } from '../../crypto/armor.ts'
import { type Opened as OpenedBytes, openTexts, sealTexts } from '../../crypto/text.ts'
import { type OpenRequest, TextKeys } from '../../crypto/textKeys.ts'
import { codeOf, Failure, type FailureCode, type Result, requireSingle } from '../../failure.ts'
import { newestPersonal, type OpeningKey, openingKeys, type SealedUnder, sealedUnder } from '../../keyring/circles.ts'
import { cueOf } from '../../keyring/cue.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { ClosedReason, Cue, View } from '../../messages/shapes.ts'
import { msPerMinute } from '../../time.ts'
import type { Custodian, KeyHolder } from '../vault/custodian.ts'
import { isOld } from '../vault/librarySettings.ts'

/** The content of a sealed text, and whose key it was sealed under. */
export interface OpenedText extends Omit<OpenedBytes, 'keyIndex'> {
  readonly under: SealedUnder
  /** It was sealed longer ago than the person lets a key grow old. */
  readonly old: boolean
}

/** A sealed text, and the site that it was found on. */
export interface FoundText {
  readonly sealed: string
  readonly origin: string
}

/** What opens the texts of a vault, and whose the keys are, in the order in which they were given to it. */
interface Opener {
  readonly vault: Vault
  readonly textKeys: TextKeys
  readonly keys: readonly Omit<OpeningKey, 'key'>[]
}

export class Texts implements KeyHolder {
  readonly #custodian: Custodian
  #opener: Opener | null = null

  constructor(custodian: Custodian) {
    this.#custodian = custodian
    custodian.addKeyHolder(this)
  }

  release(): () => void {
    const opener = this.#opener
    this.#opener = null
    return () => opener?.textKeys.wipe()
  }

  /** Seals a text for the circle "Personal", dated now, for the site with this origin or for none. Failure 'locked' | 'too-long'. */
  async seal(text: string, origin: string | null): Promise<string> {
    return requireSingle(await this.sealMany([text], origin))
  }

  /** `seal` for many: in their order, for each the sealed text, or its failure. */
  async sealMany(texts: readonly string[], origin: string | null): Promise<Result<string>[]> {
    const vault = await this.#custodian.vault()
    const minutes = Math.floor(Date.now() / msPerMinute)
    return sealTexts(
      newestPersonal(vault.body),
      texts.map((text) => ({ text, minutes, origin })),
    )
  }

  /** Opens a sealed text, in a page with this origin or outside one. Failure 'locked' | 'not-for-us' | 'damaged' | 'newer-version'. */
  async open(sealed: string, origin: string | null = null): Promise<OpenedText> {
    return requireSingle(await this.openMany([{ sealed, origin }]))
  }

  /** `open` for many: in their order, for each what was sealed, or its failure. Failure 'locked' for all of them. */
  async openMany(requests: readonly OpenRequest[]): Promise<Result<OpenedText>[]> {
    const vault = await this.#custodian.vault()
    const opener = this.#openerOf(vault)
    const opened = await openTexts(opener.textKeys, requests)
    // A lock or a change of the settings may have come while they were opened.
    const current = await this.#custodian.vault()
    return opened.map((text) => (text instanceof Failure ? text : withOwner(text, opener.keys, current)))
  }

  /** `open` for a text that is shown, or given to a page, at once. Failure 'locked' from the first moment of a lock to its last. */
  async openToShow(sealed: string, origin: string): Promise<OpenedText> {
    return requireSingle(await this.#openManyToShow([{ sealed, origin }]))
  }

  /** What is shown of texts, in their order: their contents, or why they do not open. */
  async view(texts: readonly FoundText[]): Promise<View[]> {
    try {
      const [opened, cue] = await Promise.all([this.#openManyToShow(texts), this.#cue()])
      return texts.map((text, index) => viewOf(text, opened[index] ?? new Failure('damaged'), cue))
    } catch (thrown) {
      return texts.map(({ sealed }) => closedView(reasonFor(sealed, codeOf(thrown, 'damaged'))))
    }
  }

  async #cue(): Promise<Cue> {
    return cueOf(await this.#custodian.vault())
  }

  async #openManyToShow(requests: readonly OpenRequest[]): Promise<Result<OpenedText>[]> {
    if (this.#custodian.isLocking) throw new Failure('locked')
    return this.openMany(requests)
  }

  #openerOf(vault: Vault): Opener {
    if (this.#opener?.vault === vault) return this.#opener
    const all = openingKeys(vault.body)
    const textKeys = new TextKeys(all.map(({ key }) => key))
    const opener = { vault, textKeys, keys: all.map(({ key: _, ...whose }) => whose) }
    // A lock that has come in between has let go of everything, and so shall we.
    if (this.#custodian.isUnlocked(vault)) this.#opener = opener
    return opener
  }
}

export const closedView = (why: ClosedReason): View => ({ kind: 'closed', why })

function withOwner({ keyIndex, ...opened }: OpenedBytes, keys: Opener['keys'], vault: Vault): OpenedText {
  const whose = keys[keyIndex]
  if (whose === undefined) throw new RangeError(`expected a key below ${keys.length}, got ${keyIndex}`)
  const sealedAt = opened.minutes * msPerMinute
  return { ...opened, under: sealedUnder(whose, sealedAt), old: isOld(vault, sealedAt) }
}

function viewOf({ sealed, origin }: FoundText, opened: Result<OpenedText>, cue: Cue): View {
  if (opened instanceof Failure) return closedView(reasonFor(sealed, opened.code))
  const { text, minutes, old, under, site } = opened
  return { kind: 'opened', cue, text, sealed, minutes, old, under, site, host: new URL(origin).host, sealedOn: null }
}

function reasonFor(sealed: string, code: FailureCode): ClosedReason {
  if (code === 'not-for-us' && lostCapitals(sealed)) return 'damaged'
  if (code === 'damaged' && lacksLetters(sealed)) return 'cut-off'
  return code === 'not-for-us' || code === 'damaged' || code === 'newer-version' ? code : 'locked'
}
