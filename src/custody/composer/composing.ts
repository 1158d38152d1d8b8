// The composer's side of custody: what its window opens with, the drafts it keeps, and the way of its text into a field.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import { cueOf } from '../../keyring/cue.ts'
import {
  type DocumentContent,
  newDocument,
  openDocument,
  openDocuments,
  rewriteDocument,
} from '../../keyring/documents.ts'
import { documentKeyring } from '../../keyring/rotation.ts'
import type { Vault } from '../../keyring/vault.ts'
import type { VaultHandlers } from '../../messages/handlers.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import type { View } from '../../messages/shapes.ts'
import type { Draft, WindowContext } from '../../messages/vault/composer.ts'
import { deleteDraft, readDraft, readDrafts, writeDraft } from '../../storage/drafts.ts'
import { titleOf } from '../../text.ts'
import { msPerMinute } from '../../time.ts'
import { draftContent } from '../library/draftContent.ts'
import { hostOf } from '../texts/address.ts'
import { viewsInWindow } from '../texts/displayPolicy.ts'
import { type CopyStore, sealWithCopy } from '../texts/sealedCopy.ts'
import type { Texts } from '../texts/texts.ts'
import type { BrowserSide } from '../vault/browserSide.ts'
import type { Custodian } from '../vault/custodian.ts'
import { ignoreDamaged } from '../vault/ignoreFailures.ts'
import { knownCue } from '../vault/vaultRecord.ts'
import { putBackContext } from './puttingBack.ts'
import { draftsInUse, endRequest, readRequest, recordDraft, type WriteRequest } from './windowRequests.ts'
import type { ComposerWindows } from './windows.ts'

interface Parts {
  readonly custodian: Custodian
  readonly texts: Texts
  readonly copies: CopyStore
  readonly windows: ComposerWindows
  readonly browser: Pick<BrowserSide, 'placeSealedText' | 'windows'>
}

export class Composer {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  handlers(): Pick<
    VaultHandlers,
    'getWindowContext' | 'saveDraft' | 'resumeDraft' | 'deleteDraft' | 'composeDraft' | 'sealComposedText'
  > {
    return {
      getWindowContext: (request) => this.context(request),
      saveDraft: (request) => this.saveDraft(request),
      resumeDraft: (request) => this.resumeDraft(request),
      deleteDraft: (request) => this.deleteDraft(request),
      composeDraft: async ({ draft }) => {
        await this.#parts.windows.forDraft(draft, await this.requestForDraft(draft))
        return {}
      },
      sealComposedText: (request) => this.seal(request),
    }
  }

  /** Failure 'locked' | 'gone', and those of opening the text that is to be replaced. */
  async context({ windowRequest: id }: Request<'getWindowContext'>): Promise<WindowContext> {
    const windowRequest = id === null ? null : await readRequest(id)
    if (windowRequest?.purpose === 'copy') {
      const cue = await knownCue(this.#parts.custodian)
      return { purpose: 'copy', cue, sealed: windowRequest.sealed, why: windowRequest.why }
    }
    const cue = cueOf(await this.#parts.custodian.vault())
    if (windowRequest?.purpose === 'read') {
      const views = await this.#viewsOf(windowRequest.sealed, windowRequest.origin)
      const texts = views.flatMap((view, index) => {
        const sealed = windowRequest.sealed[index]
        return sealed === undefined ? [] : [{ sealed, view }]
      })
      return { purpose: 'read', cue, texts }
    }
    if (windowRequest?.purpose === 'put-back') {
      const [view] = await this.#viewsOf([windowRequest.sealed], windowRequest.origin)
      return putBackContext(windowRequest, cue, view ?? { kind: 'closed', why: 'locked' })
    }
    const [replaced, unfinished] = await Promise.all([
      this.#openReplaced(windowRequest),
      windowRequest?.draft ? this.#openDraft(windowRequest.draft).catch(ignoreDamaged) : null,
    ])
    const draft = unfinished === null ? null : (windowRequest?.draft ?? null)
    const inPrivate = windowRequest?.inPrivate === true
    const drafts = await this.#listDrafts(id, inPrivate)
    return {
      purpose: 'write',
      cue,
      target: targetOf(windowRequest),
      draft,
      text: unfinished?.text ?? replaced?.text ?? '',
      sealedAt: replaced === null ? null : replaced.minutes * msPerMinute,
      old: replaced?.old === true,
      under: replaced?.under ?? null,
      inPrivate,
      drafts: drafts.filter(({ id }) => id !== draft),
    }
  }

  async saveDraft({ windowRequest: id, draft, text }: Request<'saveDraft'>): Promise<Record<string, never>> {
    const vault = await this.#parts.custodian.vaultForFinalSave()
    if (text === '') return this.deleteDraft({ draft })
    const [before, windowRequest] = await Promise.all([readDraft(draft), id === null ? null : readWriteRequest(id)])
    const origin = windowRequest?.origin ?? null
    // Of a window request that is over it is not known whether it was private: then its text does not go to the disk.
    const onDisk = id === null || (windowRequest === null ? before !== null : !windowRequest.inPrivate)
    const now = new Date()
    const content = { kind: 'draft', origin, text, savedAt: now.getTime() }
    await writeDraft(await nextRevision(vault, before, content, now, draft), onDisk)
    if (id !== null && windowRequest !== null && windowRequest.draft !== draft) await recordDraft(id, draft)
    return {}
  }

  /** Failure 'gone' when there is no such draft, 'damaged' when it does not open. */
  async resumeDraft({ windowRequest, draft }: Request<'resumeDraft'>): Promise<Response<'resumeDraft'>> {
    const content = await this.#openDraft(draft)
    if (content === null) throw new Failure('gone')
    if (windowRequest !== null) await recordDraft(windowRequest, draft)
    return { text: content.text }
  }

  /** The window request for going on with a draft. Failure 'locked' | 'gone' (also for a private draft) | 'damaged'. */
  async requestForDraft(draft: string): Promise<WriteRequest> {
    const [content, privately] = await Promise.all([this.#openDraft(draft), readDrafts(true)])
    if (content === null || privately.some(({ id }) => id === draft)) throw new Failure('gone')
    const { origin } = content
    const nowhere = { tabId: -1, frameId: 0, url: null, field: null, sealed: null }
    return { purpose: 'write', ...nowhere, inPrivate: false, origin, draft }
  }

  async deleteDraft({ draft }: Request<'deleteDraft'>): Promise<Record<string, never>> {
    await deleteDraft(draft)
    return {}
  }

  /**
   * The opened text that a composer is to go on with. Failure 'other-site' for one that was sealed on another site: a page's own
   * field would carry it from one site to the other.
   */
  async #openReplaced(windowRequest: WriteRequest | null) {
    if (windowRequest === null || windowRequest.sealed === null) return null
    const opened = await this.#parts.texts.open(windowRequest.sealed, windowRequest.origin)
    if (opened.site === 'elsewhere') throw new Failure('other-site')
    return opened
  }

  /** Seals what was written and puts it where it was meant to go. The draft goes when it stands there, and not before. */
  async seal({ windowRequest: id, draft, text }: Request<'sealComposedText'>): Promise<Response<'sealComposedText'>> {
    const windowRequest = id === null ? null : await readWriteRequest(id)
    await this.#openReplaced(windowRequest)
    // A copy before the site has it: what the site then loses is here.
    const sealed = await sealWithCopy(this.#parts.texts, this.#parts.copies, {
      text,
      origin: windowRequest?.origin ?? null,
      url: windowRequest?.url ?? null,
      replaces: windowRequest?.sealed ?? null,
      // A window request that is over does not say whether it was private.
      inPrivate: windowRequest?.inPrivate ?? id !== null,
    })
    if (id === null || windowRequest === null || windowRequest.field === null)
      return { placed: false, why: 'no-target', sealed }
    const payload = { field: windowRequest.field.id, sealed, replaces: windowRequest.sealed }
    const put = await this.#parts.browser.placeSealedText(windowRequest.tabId, windowRequest.frameId, payload)
    if (put === null || !put.placed) return { placed: false, why: put?.why ?? 'gone', sealed }
    // It stands in the field. A draft that could not be deleted is offered once more, and does no harm.
    await Promise.allSettled([deleteDraft(draft), endRequest(id)])
    return { placed: true }
  }

  #viewsOf(sealed: readonly string[], origin: string): Promise<View[]> {
    return viewsInWindow(this.#parts.texts, this.#parts.copies, sealed, origin)
  }

  async #openDraft(id: string): Promise<v.InferOutput<typeof draftContent> | null> {
    const vault = await this.#parts.custodian.vault()
    const row = await readDraft(id)
    if (row === null) return null
    const parsed = v.safeParse(draftContent, (await openDocument(documentKeyring(vault), row)).content)
    if (!parsed.success) throw new Failure('damaged')
    return parsed.output
  }

  /** The unfinished texts that no window is at work on, the newest first. One that does not open is left where it is. */
  async #listDrafts(mine: string | null, inPrivate: boolean): Promise<Draft[]> {
    const vault = await this.#parts.custodian.vault()
    const [rows, taken] = await Promise.all([
      readDrafts(inPrivate),
      this.#parts.browser.windows().then((open) => draftsInUse(mine, open)),
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

/** The next revision of a draft; one that was damaged on the disk is replaced, since its text is at hand. */
async function nextRevision(vault: Vault, before: unknown, content: DocumentContent, now: Date, id: string) {
  try {
    if (before !== null) return await rewriteDocument(documentKeyring(vault), before, content, now)
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'damaged') throw thrown
  }
  return newDocument(documentKeyring(vault), content, now, id)
}

/** The window request of a composer, or null when it is over: then its text goes nowhere but is still sealed. */
async function readWriteRequest(id: string): Promise<WriteRequest | null> {
  try {
    const windowRequest = await readRequest(id)
    return windowRequest.purpose === 'write' ? windowRequest : null
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'gone') return null
    throw thrown
  }
}

function targetOf(windowRequest: WriteRequest | null) {
  if (windowRequest === null || windowRequest.field === null) return null
  const { label, maxChars } = windowRequest.field
  return { host: hostOf(windowRequest.origin) ?? '', field: label, maxChars }
}
