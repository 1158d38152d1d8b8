// The handlers of the messages by which a person chooses sites and fields, from the popup, the options and the small button's menu.
// Choices apply to open tabs at once.

import { randomToken } from '../bytes.ts'
import type { SiteState } from '../messages/contentScript.ts'
import type { Caller, Handlers } from '../messages/handlers.ts'
import type { ListedAlwaysSealed, ListedSite } from '../messages/tabs/sites.ts'
import { ownerTokenOf } from './ownerToken.ts'
import {
  addAlwaysSealed,
  changeSite,
  forgetSite,
  maxAlwaysSealedPerSite,
  readSettings,
  reenableSite,
  removeAlwaysSealed,
  removeUnreadableAlwaysSealed,
  type Settings,
  type SiteSetting,
  settingOf,
} from './siteSettings.ts'
import {
  everywhere,
  isAllowed,
  isOn,
  isOneSite,
  patternOf,
  patternsOn,
  registerSites,
  revokePermission,
  startOnOpenTabs,
} from './sites.ts'
import { sendCommandToAll } from './tabCommands.ts'
import { activeTab } from './windows.ts'

type Entries =
  | 'listSites'
  | 'switchOnSite'
  | 'switchOffSite'
  | 'setSiteChoices'
  | 'removeSite'
  | 'removeAlwaysSealed'
  | 'removeUnreadableAlwaysSealed'
  | 'getSiteState'
  | 'alwaysSealField'
  | 'stopSealingField'

export function siteHandlers(): Pick<Handlers, Entries> {
  return {
    async listSites(_request, { inPrivate }) {
      const [patterns, settings] = await Promise.all([patternsOn(), readSettings(inPrivate)])
      const all = patterns.includes(everywhere)
      const marks = await Promise.all(settings.marks.map((mark) => describeAlwaysSealed(mark, settings)))
      const { unreadableMarks } = settings
      return { everywhere: all, sites: await listSites(patterns, settings), marks, unreadableMarks }
    },
    async switchOnSite({ pattern }, caller) {
      await changeSite(pattern, { off: false }, await isPrivate(caller))
      await applySiteChoices()
      // A page that loaded while the site was excepted has no script of ours.
      await startOnOpenTabs()
      return {}
    },
    async switchOffSite({ pattern }, caller) {
      const privately = await isPrivate(caller)
      if (isOneSite(pattern)) {
        // Excepts the site first: without its permission it must be off, even if another permission covers it. The browser
        // stores permissions on disk, so a private window only adds the exception.
        await changeSite(pattern, { off: true }, privately)
        if (!privately) {
          await revokePermission(pattern)
          if (!(await isAllowed(pattern))) await changeSite(pattern, { off: false }, false)
        }
      } else {
        await revokePermission(pattern)
      }
      await applySiteChoices()
      return {}
    },
    async setSiteChoices({ pattern, choices }, caller) {
      await changeSite(pattern, choices, await isPrivate(caller))
      await applySiteChoices()
      return {}
    },
    async removeSite({ pattern }) {
      await revokePermission(pattern)
      await forgetSite(pattern)
      await applySiteChoices()
      return {}
    },
    async removeAlwaysSealed({ id }, { inPrivate }) {
      await removeAlwaysSealed(id, null, inPrivate)
      await applySiteChoices()
      return {}
    },
    async removeUnreadableAlwaysSealed() {
      await removeUnreadableAlwaysSealed()
      return {}
    },
    getSiteState: (_request, caller) => siteStateOf(caller),
    async alwaysSealField({ label, field }, { origin, inPrivate }) {
      await addAlwaysSealed({ id: randomToken(), origin, label, since: Date.now(), field }, inPrivate)
      await applySiteChoices()
      return {}
    },
    async stopSealingField({ id }, { origin, inPrivate }) {
      await removeAlwaysSealed(id, origin, inPrivate)
      await applySiteChoices()
      return {}
    },
  }
}

/** The state of one frame: on if its own site is, and neither that nor the site of the tab is excepted. */
async function siteStateOf({ origin, documentId, tabUrl, inPrivate }: Caller): Promise<SiteState> {
  const [settings, allowed, owner] = await Promise.all([
    readSettings(inPrivate),
    isAllowed(origin),
    ownerTokenOf({ origin, documentId }),
  ])
  const top = settingOf(settings, patternOf(tabUrl ?? origin) ?? '')
  const { open, button, off } = settingOf(settings, patternOf(origin) ?? '')
  const on = allowed && !off && !top.off
  return { on, choices: { open, button }, marks: on ? marksOf(origin, settings) : [], owner }
}

/** The always-sealed fields of an origin. If there are too many for one frame, every field counts as one, so that none is missed. */
function marksOf(origin: string, settings: Settings): SiteState['marks'] {
  const marks = settings.marks.filter((mark) => mark.origin === origin).map(({ id, field }) => ({ id, field }))
  const [first] = marks
  return first === undefined || marks.length <= maxAlwaysSealedPerSite ? marks : [{ ...first, field: null }]
}

/** Every pattern that the browser lists, except that for all sites, and every site with settings of its own. */
async function listSites(patterns: readonly string[], settings: Settings): Promise<ListedSite[]> {
  const all = new Set([...patterns.filter((pattern) => pattern !== everywhere), ...settings.sites.keys()])
  const listed = [...all].map(async (pattern): Promise<ListedSite> => {
    const single = isOneSite(pattern)
    const setting = settingOf(settings, pattern)
    return { pattern, state: await stateOf(pattern, patterns, setting), choices: single ? choicesOf(setting) : null }
  })
  return (await Promise.all(listed)).sort((a, b) =>
    hostIn(a.pattern).localeCompare(hostIn(b.pattern), 'en', { numeric: true }),
  )
}

async function stateOf(
  pattern: string,
  patterns: readonly string[],
  { off }: SiteSetting,
): Promise<ListedSite['state']> {
  const allowed = patterns.includes(pattern) || (isOneSite(pattern) && (await isAllowed(pattern)))
  if (!allowed) return 'off'
  if (off) return 'excepted'
  return patterns.includes(pattern) ? 'on' : 'everywhere'
}

async function describeAlwaysSealed(mark: Settings['marks'][number], settings: Settings): Promise<ListedAlwaysSealed> {
  const { id, origin, label, since, field } = mark
  const guarded = await isOn(origin, settings)
  return { id, host: new URL(origin).host, label, since, guarded, every: field === null }
}

/** Registers the content script for the current choices, and makes every open page ask for its state. */
export async function applySiteChoices(): Promise<void> {
  await registerSites()
  await sendCommandToAll('recheck', {})
}

/** Turns on patterns that the person allowed, by our switch or in the browser's own settings. */
export async function turnOnSites(patterns: readonly string[]): Promise<void> {
  for (const pattern of patterns) if (isOneSite(pattern)) await reenableSite(pattern)
  await applySiteChoices()
  await startOnOpenTabs()
}

export function choicesOf({ open, button }: SiteSetting) {
  return { open, button }
}

/** Whether a choice is for private windows. The popup has no tab, so the active tab decides. */
async function isPrivate({ role: peer, inPrivate }: Caller): Promise<boolean> {
  return peer === 'popup' ? (await activeTab())?.incognito === true : inPrivate
}

function hostIn(pattern: string): string {
  return pattern.replace(/^[^/]*\/\/(\*\.)?/, '')
}
