// Runs a content script in a frame. There are three: the script for texts, which is in every frame of a site that is on and must be small; the
// script for fields and the finder load on demand. Only one of each kind runs at a time. It follows the site's switches, obeys only the
// background, and leaves nothing behind.

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

/** What one run of a script provides. */
export interface ScriptLife<Kind extends ScriptKind> {
  readonly handlers: CommandHandlers
  /** Its functions for the other scripts. */
  readonly api: ScriptApis[Kind]
  /** The background has answered, so the token that identifies our elements is known. */
  readonly onAnswer?: () => void
  /** The site is on, with these choices. Called again when they change. `on` ends when the site is switched off, or with the run. */
  readonly onSite: (state: SiteState, on: AbortSignal) => void
  /** The site was already off, or the background refused to say. Do nothing until the person commands it. */
  readonly onSiteOff?: () => void
}

export interface ContentScript<Kind extends ScriptKind> {
  readonly kind: Kind
  /** The commands it runs. It does not answer those of other scripts. */
  readonly commands: CommandShapes
  /** Whether it starts with its document, and reports that start to the background. */
  readonly isFirst?: boolean
  /**
   * Starts listening to the page. `life` ends when the extension is gone, when the page rewrites its document, and when another script
   * replaces this one. `recheck` asks the background for the current state of the site.
   */
  readonly start: (life: AbortSignal, recheck: () => Promise<void>) => ScriptLife<Kind>
}

/** The state of a sandboxed page, where the background does not answer. */
const sandboxed: SiteState = { on: true, choices: { open: true, button: true }, marks: [], owner: '' }

/** Starts a script in this frame, unless one of its kind runs here already and still has its extension. */
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
      // The browser throws if the extension is gone.
    }
  }

  /** Requests the state of this site and applies it, unless a later request has begun meanwhile. */
  const look = async (reason: 'start' | 'change') => {
    const index = ++looks
    // The background does not answer a sandboxed page, which shows its own notices.
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
    // Only the background may send commands: our own extension, from outside any tab.
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
  // A page that rewrites its document (`document.open`) removes every listener.
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
