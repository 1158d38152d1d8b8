// The composer's side of custody: what its window opens with, the drafts it keeps, and the way of its text into a field.

import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { cueOf } from '../keyring/cue.ts'
import {
  type DocumentContent,
  newDocument,
  openDocument,
  openDocuments,
  rewriteDocument,
} from '../keyring/documents.ts'
import { documentKeyring } from '../keyring/rotation.ts'
import type { Vault } from '../keyring/vault.ts'
import type { Done } from '../messages/orderAnswers.ts'
import type { Told } from '../messages/orders.ts'
import type { Answer, Ask } from '../messages/protocol.ts'
import type { Draft, Opening, View } from '../messages/shapes.ts'
import { deleteDraft, readDraft, readDrafts, writeDraft } from '../storage/drafts.ts'
import { hostOf } from './address.ts'
import type { Custodian } from './custodian.ts'
import { passDamaged } from './damaged.ts'
import { draftsInHand, endErrand, noteDraft, readErrand, type WriteErrand } from './errands.ts'
import type { Sealing } from './library/keeping.ts'
import { putBackOpening } from './puttingBack.ts'
import type { OpenedText } from './texts.ts'

const titleChars = 60
const millisecondsPerMinute = 60_000

/** What a draft's document holds (docs/FORMAT.md, Document). */
export const draftContent = v.looseObject({
  kind: v.literal('draft'),
  origin: v.nullable(v.string()),
  text: v.string(),
  savedAt: v.number(),
})

export interface ComposingDoors {
  /** Puts a sealed text into a field of a page; null when that page is gone. */
  put(tabId: number, frameId: number, told: Told<'put'>): Promise<Done<'put'> | null>
  /** The ids of all windows that are open. */
  windows(): Promise<ReadonlySet<number>>
  /** Opens a sealed text, in a page with this origin or outside one. */
  open(sealed: string, origin: string | null): Promise<OpenedText>
  /** A copy for the library. */
  keep(sealing: Sealing): Promise<void>
  /** What sealed texts come to, for a window of ours that was opened to show them. */
  views(sealed: readonly string[], origin: string): Promise<View[]>
}

export class Composing {
  readonly #custodian: Custodian
  readonly #doors: ComposingDoors

  constructor(custodian: Custodian, doors: ComposingDoors) {
    this.#custodian = custodian
    this.#doors = doors
  }

  /** Failure 'locked' | 'gone', and those of opening the text that is to be replaced. */
  async begin({ errand: id }: Ask<'begin'>): Promise<Opening> {
    const errand = id === null ? null : await readErrand(id)
    if (errand?.purpose === 'copy') {
      const { cue } = await this.#custodian.state()
      return { purpose: 'copy', cue, sealed: errand.sealed, why: errand.why }
    }
    const cue = cueOf(await this.#custodian.vault())
    if (errand?.purpose === 'read') {
      const views = await this.#doors.views(errand.sealed, errand.origin)
      const texts = views.flatMap((view, index) => {
        const sealed = errand.sealed[index]
        return sealed === undefined ? [] : [{ sealed, view }]
      })
      return { purpose: 'read', cue, texts }
    }
    if (errand?.purpose === 'put-back') {
      const [view] = await this.#doors.views([errand.sealed], errand.origin)
      return putBackOpening(errand, cue, view ?? { kind: 'closed', why: 'locked' })
    }
    const [replaced, unfinished] = await Promise.all([
      this.#replaced(errand),
      errand?.draft ? this.#draft(errand.draft).catch(passDamaged) : null,
    ])
    const draft = unfinished === null ? null : (errand?.draft ?? null)
    const inPrivate = errand?.inPrivate === true
    const drafts = await this.#drafts(id, inPrivate)
    return {
      purpose: 'write',
      cue,
      target: targetOf(errand),
      draft,
      text: unfinished?.text ?? replaced?.text ?? '',
      sealedAt: replaced === null ? null : replaced.minutes * millisecondsPerMinute,
      old: replaced?.old === true,
      under: replaced?.under ?? null,
      inPrivate,
      drafts: drafts.filter((one) => one.id !== draft),
    }
  }

  async keepDraft({ errand: id, draft, text }: Ask<'keepDraft'>): Promise<Record<string, never>> {
    const vault = await this.#custodian.forLastWords()
    if (text === '') return this.dropDraft({ draft })
    const [before, errand] = await Promise.all([readDraft(draft), id === null ? null : writing(id)])
    const origin = errand?.origin ?? null
    // An errand that is over says nothing of where it came from: then the disk is not where its text goes.
    const onDisk = id === null || (errand === null ? before !== null : !errand.inPrivate)
    const now = new Date()
    const content = { kind: 'draft', origin, text, savedAt: now.getTime() }
    await writeDraft(await rewritten(vault, before, content, now, draft), onDisk)
    if (id !== null && errand !== null && errand.draft !== draft) await noteDraft(id, draft)
    return {}
  }

  /** Failure 'gone' when there is no such draft, 'damaged' when it does not open. */
  async takeDraft({ errand, draft }: Ask<'takeDraft'>): Promise<Answer<'takeDraft'>> {
    const content = await this.#draft(draft)
    if (content === null) throw new Failure('gone')
    if (errand !== null) await noteDraft(errand, draft)
    return { text: content.text }
  }

  /** What a window that goes on with a draft is for. Failure 'locked' | 'gone' | 'damaged'; what is begun in private ends there. */
  async errandFor(draft: string): Promise<WriteErrand> {
    const [content, privately] = await Promise.all([this.#draft(draft), readDrafts(true)])
    if (content === null || privately.some(({ id }) => id === draft)) throw new Failure('gone')
    const { origin } = content
    const nowhere = { tabId: -1, frameId: 0, url: null, field: null, sealed: null }
    return { purpose: 'write', ...nowhere, inPrivate: false, origin, draft }
  }

  async dropDraft({ draft }: Ask<'dropDraft'>): Promise<Record<string, never>> {
    await deleteDraft(draft)
    return {}
  }

  /**
   * The opened text that a composer is to go on with. Failure 'other-site' for one that was sealed on another site: a page's own
   * field would carry it from one site to the other.
   */
  async #replaced(errand: WriteErrand | null) {
    if (errand === null || errand.sealed === null) return null
    const opened = await this.#doors.open(errand.sealed, errand.origin)
    if (opened.site === 'elsewhere') throw new Failure('other-site')
    return opened
  }

  /** Seals what was written and puts it where it was meant to go. The draft goes when it stands there, and not before. */
  async seal({ errand: id, draft, text }: Ask<'sealComposed'>): Promise<Answer<'sealComposed'>> {
    const errand = id === null ? null : await writing(id)
    await this.#replaced(errand)
    const sealed = await this.#custodian.seal(text, errand?.origin ?? null)
    // Before the site has it: what the site then loses is here.
    await this.#doors.keep({
      text,
      sealed,
      origin: errand?.origin ?? null,
      url: errand?.url ?? null,
      replaces: errand?.sealed ?? null,
      // An errand that is over does not say whether it was private.
      inPrivate: errand?.inPrivate ?? id !== null,
    })
    if (id === null || errand === null || errand.field === null) return { placed: false, why: 'no-target', sealed }
    const told = { field: errand.field.id, sealed, replaces: errand.sealed }
    const put = await this.#doors.put(errand.tabId, errand.frameId, told)
    if (put === null || !put.placed) return { placed: false, why: put?.why ?? 'gone', sealed }
    // It stands in the field. A draft that could not be deleted is offered once more, and does no harm.
    await Promise.allSettled([deleteDraft(draft), endErrand(id)])
    return { placed: true }
  }

  async #draft(id: string): Promise<v.InferOutput<typeof draftContent> | null> {
    const vault = await this.#custodian.vault()
    const row = await readDraft(id)
    if (row === null) return null
    const parsed = v.safeParse(draftContent, (await openDocument(documentKeyring(vault), row)).content)
    if (!parsed.success) throw new Failure('damaged')
    return parsed.output
  }

  /** The unfinished texts that no window is at work on, the newest first. One that does not open is left where it is. */
  async #drafts(mine: string | null, inPrivate: boolean): Promise<Draft[]> {
    const vault = await this.#custodian.vault()
    const [rows, taken] = await Promise.all([
      readDrafts(inPrivate),
      this.#doors.windows().then((open) => draftsInHand(mine, open)),
    ])
    const free = rows.filter(({ id }) => !taken.has(id))
    return (await openDocuments(documentKeyring(vault), free))
      .flatMap((opened) => {
        const content = v.safeParse(draftContent, opened instanceof Failure ? null : opened.content)
        return opened instanceof Failure || !content.success ? [] : [{ id: opened.id, ...content.output }]
      })
      .sort((a, b) => b.savedAt - a.savedAt)
      .map(({ id, origin, savedAt, text }) => ({ id, host: hostOf(origin), savedAt, title: titleOf(text) }))
  }
}

/** The next revision of a draft; one that was damaged on the disk is begun anew, since its text is at hand. */
async function rewritten(vault: Vault, before: unknown, content: DocumentContent, now: Date, id: string) {
  try {
    if (before !== null) return await rewriteDocument(documentKeyring(vault), before, content, now)
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'damaged') throw thrown
  }
  return newDocument(documentKeyring(vault), content, now, id)
}

/** The errand of a composer, or null when it is over: then its text goes nowhere but is still sealed. */
async function writing(id: string): Promise<WriteErrand | null> {
  try {
    const errand = await readErrand(id)
    return errand.purpose === 'write' ? errand : null
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'gone') return null
    throw thrown
  }
}

function targetOf(errand: WriteErrand | null) {
  if (errand === null || errand.field === null) return null
  const { label, maxChars } = errand.field
  return { host: hostOf(errand.origin) ?? '', field: label, maxChars }
}

function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > titleChars ? `${line.slice(0, titleChars)}…` : line
}
