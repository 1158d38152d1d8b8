// The entries of the protocol that are about tabs and sites.

import { Failure } from '../failure.ts'
import type { Handlers } from '../messages/handlers.ts'
import { countTexts, textsIn } from './badge.ts'
import { openPage, type VaultSide } from './commands.ts'
import { focusedFrame, framesOf, tell } from './orders.ts'
import { isOn, patternOf, patternsOn, switchOff } from './sites.ts'
import { activeTab, openUnlock } from './windows.ts'

type Entries = 'here' | 'sites' | 'switchOff' | 'composeHere' | 'openPage' | 'hello' | 'count' | 'askUnlock'

export function tabAnswers(vault: VaultSide): Pick<Handlers, Entries> {
  return {
    async here() {
      const tab = await activeTab()
      const pattern = patternOf(tab?.url)
      const host = pattern === null ? '' : new URL(tab?.url ?? '').host
      return { host, pattern, on: await isOn(tab?.url), texts: tab?.id === undefined ? 0 : await textsIn(tab.id) }
    },
    async sites() {
      return { patterns: await patternsOn() }
    },
    async switchOff({ pattern }) {
      await switchOff(pattern)
      return {}
    },
    async composeHere() {
      const tab = await activeTab()
      if (tab?.id === undefined || patternOf(tab.url) === null) {
        await vault.composeFor(tab?.id ?? -1, null)
        return {}
      }
      const frame = focusedFrame(await framesOf(tab.id))
      const done = frame === null ? null : await tell(tab.id, frame, 'compose', {})
      if (done === null) await vault.composeFor(tab.id, new URL(tab.url ?? '').origin)
      return {}
    },
    async openPage() {
      const tab = await activeTab()
      if (tab === null) throw new Failure('refused')
      return openPage(tab, vault)
    },
    async hello(_ask, { tabId, frameId, origin }) {
      if (tabId !== null) await countTexts(tabId, frameId, 0)
      return { on: await isOn(origin) }
    },
    async count({ texts }, { tabId, frameId }) {
      if (tabId !== null) await countTexts(tabId, frameId, texts)
      return {}
    },
    async askUnlock() {
      await openUnlock()
      return {}
    },
  }
}
