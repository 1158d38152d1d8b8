// What the content scripts of one frame do for each other. Each leaves its functions in the world that they share and the page cannot enter;
// any of them may be missing. The background calls them there too.

import type { Field as FieldName } from '../../messages/shapes.ts'
import type { ChosenField, CommandTarget } from './chosenField.ts'
import type { Field } from './fieldOf.ts'

/** The texts of a field that a person wants to read. */
export interface FieldTextsRequest {
  readonly field: HTMLElement
  readonly name: FieldName
  readonly sealed: readonly string[]
  /** They are shown until this ends at the latest. */
  readonly life: AbortSignal
  /** The person asked by the keyboard, and goes on there. */
  readonly byKeys: boolean
}

/** What became of a sealed text from elsewhere. After anything but `placed` the field holds what it held before. */
export type PlaceResult = 'placed' | 'altered' | 'too-long' | 'gone'

/** What the script for texts does for the others. */
export interface TextsApi {
  openTexts(request: FieldTextsRequest): void
  /** What stands in the place of this text where it is shown; null where it is not. */
  hostOf(sealed: string): HTMLElement | null
  /** This script is there before the person comes to a field. */
  readonly chosenField: ChosenField
}

/** What the script for fields does for the finder, and for the background. */
export interface FieldsApi {
  /** Puts a sealed text into a field, after what stands there. */
  putSealed(field: Field, sealed: string): Promise<PlaceResult>
  /** Called by tabs/tabCommands.ts. */
  commandTarget(): CommandTarget
}

/** What the finder does for the others. */
export interface FinderApi {
  /** The person is choosing a field: to come to one is not to write in it. */
  isChoosing(): boolean
}

/** What each kind of script does, by its name in the common world. */
export interface ScriptApis {
  fieldseal: TextsApi
  fieldsealFields: FieldsApi
  fieldsealFinder: FinderApi
}
export type ScriptKind = keyof ScriptApis

/** By which a script deals with one of its own kind that came before it. */
interface Presence {
  /** Whether it still has its extension and its document. */
  alive(): boolean
  dispose(): void
}

/** `fieldsealLate` is left by the background when it brings a script to a page that stood before (tabs/sites.ts). */
type World = { [Kind in ScriptKind]?: Presence & Partial<ScriptApis[Kind]> } & { readonly fieldsealLate?: boolean }

export const world = globalThis as World

export function setPresence<Kind extends ScriptKind>(kind: Kind, api: ScriptApis[Kind], presence: Presence): void {
  Object.assign(world, { [kind]: { ...api, ...presence } })
}

/** Has the script for texts show those of a field. */
export function openTexts(request: FieldTextsRequest): void {
  world.fieldseal?.openTexts?.(request)
}

export const hostOf = (sealed: string): HTMLElement | null => world.fieldseal?.hostOf?.(sealed) ?? null
export const chosenField = (): ChosenField | undefined => world.fieldseal?.chosenField
export const isChoosing = (): boolean => world.fieldsealFinder?.isChoosing?.() === true

/** Null where no script for fields is at work. */
export const putSealed = (field: Field, sealed: string): Promise<PlaceResult> | null =>
  world.fieldsealFields?.putSealed?.(field, sealed) ?? null

/** The page stood before this script came: another, of an extension that is gone, may have been at work in it. */
export const injectedLate = (): boolean => world.fieldsealLate === true
