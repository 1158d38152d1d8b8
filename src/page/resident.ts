// What our scripts in a frame of a page have in common. There are three: one for the texts that are read there, which is in every
// frame of a site that is on and must be small; one for the fields that are written in, and one that finds things, which come
// when they are needed. Of each one is at work at a time. It follows what is switched on, obeys the background alone, and leaves nothing behind.

import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { call } from '../messages/callFromTexts.ts'
import type { Done } from '../messages/orderAnswers.ts'
import { type Order, type OrderShapes, orderShape, type Told } from '../messages/orders.ts'
import { hear, runtime, type Teller } from '../messages/runtime.ts'
import type { Ground } from '../messages/shapes.ts'
import { isExtensionThere, onOrphaned } from './alive.ts'
import type { ChosenField, CommandTarget } from './fields/chosenField.ts'
import type { Placed } from './fields/sealing.ts'
import type { Field } from './fields/which.ts'
import { isSandboxed } from './sandbox.ts'
import { setOwner } from './shell.ts'
import type { ToOpen } from './texts/opener.ts'

/** What stands in this world, which the page cannot enter, for other scripts of ours and for the background to look at. */
interface Presence {
  alive(): boolean
  leave(): void
}

/** What the script for texts does for the others. */
export interface TextsForOthers {
  openTexts(wanted: ToOpen): void
  /** What stands in the place of this text where it is shown; null where it is not. */
  hostOf(sealed: string): HTMLElement | null
  /** This script is there before the person comes to a field. */
  readonly chosenField: ChosenField
}

/** What the script for fields does for the one that finds. */
export interface FieldsForOthers {
  /** Puts a sealed text into a field, after what stands there. */
  putSealed(field: Field, sealed: string): Promise<Placed>
  /** Looked at by tabs/orders.ts. */
  commandTarget(): CommandTarget
}

/** What the one that finds tells the others. */
export interface FinderForOthers {
  /** The person is choosing a field: to come to one is not to write in it. */
  isChoosing(): boolean
}

/** `fieldsealLate` is left by the background when it brings a script to a page that stood before (tabs/sites.ts). */
interface World {
  fieldseal?: Presence & Partial<TextsForOthers>
  fieldsealFields?: Presence & Partial<FieldsForOthers>
  fieldsealFinder?: Presence & Partial<FinderForOthers>
  readonly fieldsealLate?: boolean
}
const world = globalThis as World

/** Has the script for texts show those of a field. */
export function openTexts(wanted: ToOpen): void {
  world.fieldseal?.openTexts?.(wanted)
}

export const hostOf = (sealed: string): HTMLElement | null => world.fieldseal?.hostOf?.(sealed) ?? null
export const chosenField = (): ChosenField | undefined => world.fieldseal?.chosenField
export const isChoosing = (): boolean => world.fieldsealFinder?.isChoosing?.() === true

/** Null where no script for fields is at work. */
export const putSealed = (field: Field, sealed: string): Promise<Placed> | null =>
  world.fieldsealFields?.putSealed?.(field, sealed) ?? null

/** The page stood before this script came: another, of an extension that is gone, may have been at work in it. */
export const isLate = (): boolean => world.fieldsealLate === true

export type Acts = { readonly [O in Order]?: (told: Told<O>) => Promise<Done<O>> | undefined }

/** What holds where the background cannot be asked. */
const sandboxed: Ground = { on: true, choices: { open: true, button: true }, marks: [], owner: '' }

type Kind = 'fieldseal' | 'fieldsealFields' | 'fieldsealFinder'

/** Puts a resident to work in this frame, unless one of its kind that still has its extension is at work here already. */
export function settle(kind: Kind, make: () => Resident): void {
  if (world[kind]?.alive()) return
  world[kind]?.leave()
  const resident = make()
  world[kind] = resident
  void resident.start(() => settle(kind, make))
}

export abstract class Resident implements Presence {
  readonly #life = new AbortController()
  readonly #root = document.documentElement
  /** Ends when the site is switched off. What stands there only while it is on lives by this. */
  #on = AbortSignal.abort()
  #switch = new AbortController()
  /** Counts what was asked of the background: only the last answer holds. */
  #looks = 0
  #deafen = (): void => undefined

  /** The orders that it knows, and what it does at them; to those of others it gives no answer. */
  protected abstract readonly orders: OrderShapes
  protected abstract readonly acts: Acts
  /** Begins to listen to the page. */
  protected abstract begin(): void
  /** The background has answered: what is ours in the page is known from now on. */
  protected answered(): void {}
  /** The site is on, with this chosen for it; told anew when that changes. */
  protected abstract switchedOn(ground: Ground): void
  /** The site is off now, or this is over. */
  protected abstract switchedOff(): void
  /** The site was off when this came, or the background would not say: nothing is done until a person commands it. */
  protected stayedOff(): void {}
  /** Whether it comes up with its document, and is the one to say so. */
  protected readonly isFirst: boolean = false

  protected get life(): AbortSignal {
    return this.#life.signal
  }

  protected get on(): AbortSignal {
    return this.#on
  }

  alive(): boolean {
    return !this.life.aborted && isExtensionThere() && document.documentElement === this.#root
  }

  leave(): void {
    if (this.life.aborted) return
    this.#life.abort()
    this.#switchOff()
    try {
      this.#deafen()
    } catch {
      // Without its extension there is nobody left to hear from, and the browser throws at the attempt to say so.
    }
  }

  /** `again` puts another one in the place of this one. */
  async start(again: () => void): Promise<void> {
    this.#deafen = hear(this.#obey)
    onOrphaned(() => this.leave())
    for (const [target, kind] of [
      [document, 'visibilitychange'],
      [window, 'pageshow'],
    ] as const) {
      target.addEventListener(kind, isExtensionThere, { signal: this.life })
    }
    this.#watchRoot(again)
    this.begin()
    try {
      await this.look(this.isFirst ? 'start' : 'change')
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      this.stayedOff()
    }
  }

  /** Asks what is switched on for this site, and acts upon it. */
  protected async look(at: 'start' | 'change'): Promise<void> {
    const nth = ++this.#looks
    // In a sandboxed page the background answers nobody; what can be said there is said on the spot.
    const ground = isSandboxed() ? sandboxed : await call('hello', { at })
    if (nth !== this.#looks || this.life.aborted) return
    setOwner(ground.owner)
    this.answered()
    if (!ground.on) {
      if (this.#on.aborted) this.stayedOff()
      else this.#switchOff()
      return
    }
    if (this.#on.aborted) {
      this.#switch = new AbortController()
      this.#on = this.#switch.signal
    }
    this.switchedOn(ground)
  }

  #switchOff(): void {
    this.#switch.abort()
    this.switchedOff()
  }

  /** A page that writes its document anew (`document.open`) takes every listener away: then all begins anew. */
  #watchRoot(again: () => void): void {
    const watching = new MutationObserver(() => {
      if (document.documentElement !== null && document.documentElement !== this.#root) again()
    })
    watching.observe(document, { childList: true })
    this.life.addEventListener('abort', () => watching.disconnect())
  }

  readonly #obey = (message: unknown, sender: Teller): Promise<unknown> | undefined => {
    const parsed = v.safeParse(orderShape, message)
    // Only the background speaks to content scripts: a sender of ours that is in no tab.
    if (sender.id !== runtime.id || sender.tab !== undefined || !parsed.success) return undefined
    const order = parsed.output.order as Order
    const shape = Object.hasOwn(this.orders, order) ? this.orders[order] : undefined
    if (shape === undefined) return undefined
    const told = v.safeParse(shape, parsed.output.told)
    return told.success ? this.acts[order]?.(told.output as never) : undefined
  }
}
