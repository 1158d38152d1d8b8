// The functions that the content scripts of one frame provide to each other, in the world that they share and the page cannot enter. Any
// script may be missing. The background calls these functions too.

import type { Field as FieldName } from '../../messages/shapes.ts'
import type { ChosenField, CommandTarget } from './chosenField.ts'
import type { Field } from './fieldOf.ts'

/** The texts of a field that a person wants to read. */
export interface FieldTextsRequest {
  readonly field: HTMLElement
  readonly name: FieldName
  readonly sealed: readonly string[]
  /** The texts close when this ends, or earlier. */
  readonly life: AbortSignal
  /** The person used the keyboard, so the focus moves to the texts. */
  readonly byKeys: boolean
}

/** Result of putting a text into a field. After anything but `placed`, the field holds what it held before. */
export type PlaceResult = 'placed' | 'altered' | 'too-long' | 'gone'

/** Provided by the script for texts. */
export interface TextsApi {
  openTexts(request: FieldTextsRequest): void
  /** The host that shows this text; null if none does. */
  hostOf(sealed: string): HTMLElement | null
  /** Here, because only this script runs before the person enters a field. */
  readonly chosenField: ChosenField
}

/** Provided by the script for fields, to the finder and the background. */
export interface FieldsApi {
  /** Appends a sealed text to a field. */
  putSealed(field: Field, sealed: string): Promise<PlaceResult>
  /** Called by tabs/tabCommands.ts. */
  commandTarget(): CommandTarget
}

/** Provided by the finder. */
export interface FinderApi {
  /** While the person chooses a field, entering an always-sealed one must not open a composer. */
  isChoosing(): boolean
}

/** By the script's name in the shared world. */
export interface ScriptApis {
  fieldseal: TextsApi
  fieldsealFields: FieldsApi
  fieldsealFinder: FinderApi
}
export type ScriptKind = keyof ScriptApis

/** How a script handles an earlier one of its own kind. */
interface Presence {
  /** Whether it still has its extension and its document. */
  alive(): boolean
  dispose(): void
}

/** The background sets `fieldsealLate` when it injects a script into a page that was open before (tabs/sites.ts). */
type World = { [Kind in ScriptKind]?: Presence & Partial<ScriptApis[Kind]> } & { readonly fieldsealLate?: boolean }

export const world = globalThis as World

export function setPresence<Kind extends ScriptKind>(kind: Kind, api: ScriptApis[Kind], presence: Presence): void {
  Object.assign(world, { [kind]: { ...api, ...presence } })
}

/** Shows the texts of a field, by the script for texts. */
export function openTexts(request: FieldTextsRequest): void {
  world.fieldseal?.openTexts?.(request)
}

export const hostOf = (sealed: string): HTMLElement | null => world.fieldseal?.hostOf?.(sealed) ?? null
export const chosenField = (): ChosenField | undefined => world.fieldseal?.chosenField
export const isChoosing = (): boolean => world.fieldsealFinder?.isChoosing?.() === true

/** Null if no script for fields runs. */
export const putSealed = (field: Field, sealed: string): Promise<PlaceResult> | null =>
  world.fieldsealFields?.putSealed?.(field, sealed) ?? null

/** Whether the page was open before this script, so that an earlier script may have left something in it. */
export const injectedLate = (): boolean => world.fieldsealLate === true
