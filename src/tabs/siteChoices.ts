// The entries of the protocol by which a person chooses sites and fields: from the popup, the options, and the small
// button's menu. What was chosen holds at once in open tabs.

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
  giveBack,
  isAllowed,
  isOn,
  isOneSite,
  patternOf,
  patternsOn,
  registerSites,
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
    async listSites(_ask, { inPrivate }) {
      const [patterns, settings] = await Promise.all([patternsOn(), readSettings(inPrivate)])
      const all = patterns.includes(everywhere)
      const marks = await Promise.all(settings.marks.map((mark) => markedOf(mark, settings)))
      const { unreadableMarks } = settings
      return { everywhere: all, sites: await listSites(patterns, settings), marks, unreadableMarks }
    },
    async switchOnSite({ pattern }, asker) {
      await changeSite(pattern, { off: false }, await isPrivate(asker))
      await sitesChanged()
      // Where it was excepted when a page was loaded, no script of ours came to it.
      await startOnOpenTabs()
      return {}
    },
    async switchOffSite({ pattern }, asker) {
      const privately = await isPrivate(asker)
      if (isOneSite(pattern)) {
        // Excepted first: when the permission goes, the site is to be off and not on by another one. Permissions are
        // kept on disk, so in a private window the exception is all.
        await changeSite(pattern, { off: true }, privately)
        if (!privately) {
          await giveBack(pattern)
          if (!(await isAllowed(pattern))) await changeSite(pattern, { off: false }, false)
        }
      } else {
        await giveBack(pattern)
      }
      await sitesChanged()
      return {}
    },
    async setSiteChoices({ pattern, choices }, asker) {
      await changeSite(pattern, choices, await isPrivate(asker))
      await sitesChanged()
      return {}
    },
    async removeSite({ pattern }) {
      await giveBack(pattern)
      await forgetSite(pattern)
      await sitesChanged()
      return {}
    },
    async removeAlwaysSealed({ id }, { inPrivate }) {
      await removeAlwaysSealed(id, null, inPrivate)
      await sitesChanged()
      return {}
    },
    async removeUnreadableAlwaysSealed() {
      await removeUnreadableAlwaysSealed()
      return {}
    },
    getSiteState: (_ask, asker) => groundOf(asker),
    async alwaysSealField({ label, field }, { origin, inPrivate }) {
      await addAlwaysSealed({ id: randomToken(), origin, label, since: Date.now(), field }, inPrivate)
      await sitesChanged()
      return {}
    },
    async stopSealingField({ id }, { origin, inPrivate }) {
      await removeAlwaysSealed(id, origin, inPrivate)
      await sitesChanged()
      return {}
    },
  }
}

/** What holds in one frame: it is on when its own site is, and neither that nor the site of the tab is excepted. */
async function groundOf({ origin, documentId, tabUrl, inPrivate }: Caller): Promise<SiteState> {
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

/** Of more marks than a frame is told of, one stands for every field: none is left unguarded. */
function marksOf(origin: string, settings: Settings): SiteState['marks'] {
  const marks = settings.marks.filter((mark) => mark.origin === origin).map(({ id, field }) => ({ id, field }))
  const [first] = marks
  return first === undefined || marks.length <= maxAlwaysSealedPerSite ? marks : [{ ...first, field: null }]
}

/** Every pattern that the browser lists but that for everything, and every site for which something was chosen. */
async function listSites(patterns: readonly string[], settings: Settings): Promise<ListedSite[]> {
  const all = new Set([...patterns.filter((one) => one !== everywhere), ...settings.sites.keys()])
  const listed = [...all].map(async (pattern): Promise<ListedSite> => {
    const single = isOneSite(pattern)
    const kept = settingOf(settings, pattern)
    return { pattern, state: await stateOf(pattern, patterns, kept), choices: single ? choicesOf(kept) : null }
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

async function markedOf(mark: Settings['marks'][number], settings: Settings): Promise<ListedAlwaysSealed> {
  const { id, origin, label, since, field } = mark
  const guarded = await isOn(origin, settings)
  return { id, host: new URL(origin).host, label, since, guarded, every: field === null }
}

/** Registers anew for what holds now, and has every open page ask. */
export async function sitesChanged(): Promise<void> {
  await registerSites()
  await sendCommandToAll('recheck', {})
}

/** The person allowed these patterns: by our switch, or in the browser's own settings. */
export async function sitesAdded(patterns: readonly string[]): Promise<void> {
  for (const pattern of patterns) if (isOneSite(pattern)) await reenableSite(pattern)
  await sitesChanged()
  await startOnOpenTabs()
}

export function choicesOf({ open, button }: SiteSetting) {
  return { open, button }
}

/** The popup has no tab of its own: what it chooses is chosen in the window before the person. */
async function isPrivate({ role: peer, inPrivate }: Caller): Promise<boolean> {
  return peer === 'popup' ? (await activeTab())?.incognito === true : inPrivate
}

function hostIn(pattern: string): string {
  return pattern.replace(/^[^/]*\/\/(\*\.)?/, '')
}
