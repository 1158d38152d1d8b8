// The life of a content script in a frame. There are three: one for reading texts, which is in every frame of a site that is on and must be
// small; one for fields, and the finder, which are loaded on demand. Of each kind only one runs at a time. It follows the switches,
// obeys only the background, and leaves nothing behind.

import * as v from 'valibot'
import { Failure } from '../../failure.ts'
import { call } from '../../messages/callFromTexts.ts'
import type { SiteState } from '../../messages/contentScript.ts'
import { listen, type MessageSender, runtime } from '../../messages/runtime.ts'
import type { TabCommandResponse } from '../../messages/tabCommandResponses.ts'
import {
  type CommandPayload,
  type CommandShapes,
  type TabCommand,
  tabCommandEnvelope,
} from '../../messages/tabCommands.ts'
import { isExtensionThere, onOrphaned } from './alive.ts'
import { isSandboxed } from './sandbox.ts'
import { type ScriptApis, type ScriptKind, setPresence, world } from './scriptApis.ts'
import { setOwner } from './shell.ts'

export type CommandHandlers = {
  readonly [C in TabCommand]?: (payload: CommandPayload<C>) => Promise<TabCommandResponse<C>> | undefined
}

/** What a script does in one of its lives. */
export interface ScriptLife<Kind extends ScriptKind> {
  readonly handlers: CommandHandlers
  /** What it does for the other scripts. */
  readonly api: ScriptApis[Kind]
  /** The background has answered: what is ours in the page is known from now on. */
  readonly onAnswer?: () => void
  /** The site is on, with these choices; called anew when they change. `on` ends when the site is switched off, and with the life. */
  readonly onSite: (state: SiteState, on: AbortSignal) => void
  /** The site was off already, or the background would not say: nothing is done until a person commands it. */
  readonly onSiteOff?: () => void
}

export interface ContentScript<Kind extends ScriptKind> {
  readonly kind: Kind
  /** The commands that it knows. To those of other scripts it gives no answer. */
  readonly commands: CommandShapes
  /** Whether it comes up with its document, and is the one to say so. */
  readonly isFirst?: boolean
  /**
   * Begins to listen to the page. `life` ends when the extension is gone, when the document is written anew, and when another
   * script takes the place of this one. `recheck` asks the background what is switched on now.
   */
  readonly start: (life: AbortSignal, recheck: () => Promise<void>) => ScriptLife<Kind>
}

/** What holds where the background cannot be asked. */
const sandboxed: SiteState = { on: true, choices: { open: true, button: true }, marks: [], owner: '' }

/** Puts a script to work in this frame, unless one of its kind that still has its extension is at work here already. */
export function runContentScript<Kind extends ScriptKind>(script: ContentScript<Kind>): void {
  const { kind, commands, isFirst = false, start } = script
  if (world[kind]?.alive()) return
  world[kind]?.dispose()

  const root = document.documentElement
  const ending = new AbortController()
  const life = ending.signal
  /** Aborted while the site is off. */
  let switching = new AbortController()
  switching.abort()
  let looks = 0
  let stopListening = (): void => undefined

  const dispose = () => {
    if (life.aborted) return
    ending.abort()
    switching.abort()
    try {
      stopListening()
    } catch {
      // Without its extension the browser throws at the attempt.
    }
  }

  /** Asks what is switched on for this site, and acts upon the answer, unless it has asked again since. */
  const look = async (reason: 'start' | 'change') => {
    const index = ++looks
    // In a sandboxed page the background answers nobody; what can be said there is said on the spot.
    const state = isSandboxed() ? sandboxed : await call('getSiteState', { reason })
    if (index !== looks || life.aborted) return
    setOwner(state.owner)
    onAnswer?.()
    const wasOff = switching.signal.aborted
    if (!state.on) {
      if (wasOff) onSiteOff?.()
      else switching.abort()
      return
    }
    if (wasOff) switching = new AbortController()
    onSite(state, switching.signal)
  }

  const obey = (message: unknown, sender: MessageSender): Promise<unknown> | undefined => {
    const parsed = v.safeParse(tabCommandEnvelope, message)
    // Only the background speaks to content scripts: a sender of ours that is in no tab.
    if (sender.id !== runtime.id || sender.tab !== undefined || !parsed.success) return undefined
    const command = parsed.output.command as TabCommand
    const shape = Object.hasOwn(commands, command) ? commands[command] : undefined
    if (shape === undefined) return undefined
    const payload = v.safeParse(shape, parsed.output.payload)
    return payload.success ? handlers[command]?.(payload.output as never) : undefined
  }

  onOrphaned(dispose)
  document.addEventListener('visibilitychange', isExtensionThere, { signal: life })
  window.addEventListener('pageshow', isExtensionThere, { signal: life })
  // A page that writes its document anew (`document.open`) takes every listener away.
  const watching = new MutationObserver(() => {
    if (document.documentElement !== null && document.documentElement !== root) runContentScript(script)
  })
  watching.observe(document, { childList: true })
  life.addEventListener('abort', () => watching.disconnect())

  const { handlers, api, onAnswer, onSite, onSiteOff } = start(life, () => look('change'))
  setPresence(kind, api, {
    alive: () => !life.aborted && isExtensionThere() && document.documentElement === root,
    dispose,
  })
  stopListening = listen(obey)
  look(isFirst ? 'start' : 'change').catch((thrown: unknown) => {
    if (!(thrown instanceof Failure)) throw thrown
    onSiteOff?.()
  })
}
