// Where a sealed text may be shown: in its page, only what was sealed there under a key of Personal; in a window of ours, all.

import type { ClosedReason, View } from '../../messages/shapes.ts'
import { hostOf } from './address.ts'
import type { CopyStore } from './sealedCopy.ts'
import { closedView, type FoundText, type OpenedText, type Texts } from './texts.ts'

/** Why a text that opens is not opened in the page it stands in; null for one that was sealed there, under a key of Personal. */
export function reasonClosedInPage({ under, site }: Pick<OpenedText, 'under' | 'site'>): ClosedReason | null {
  if (under.owner !== 'personal') return 'other-key'
  return site === 'here' ? null : site
}

/** What a page shows of texts, in their order: those that open in place, and for the others why they do not. */
export async function viewsInPages(texts: Pick<Texts, 'view'>, found: readonly FoundText[]): Promise<View[]> {
  const views = await texts.view(found)
  return views.map((view) => {
    if (view.kind !== 'opened') return view
    const why = reasonClosedInPage(view)
    return why === null ? view : closedView(why)
  })
}

/** What our own window shows of texts that were found on a site, in their order: those of other sites too. */
export async function viewsInWindow(
  texts: Pick<Texts, 'view'>,
  copies: Pick<CopyStore, 'sealedOn'>,
  sealed: readonly string[],
  origin: string,
): Promise<View[]> {
  const views = await texts.view(sealed.map((text) => ({ sealed: text, origin })))
  const known = await Promise.all(sealed.map((text) => copies.sealedOn(text))).catch(() => [])
  return views.map((view, index) =>
    view.kind === 'opened' ? { ...view, sealedOn: hostOf(known[index] ?? null) } : view,
  )
}
