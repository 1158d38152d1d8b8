// A front desk with a world around it that notes what it was asked to do, and the askers that come to it.

import * as v from 'valibot'
import { expect } from 'vitest'
import { createCustody } from '../../src/custody/handlers.ts'
import type { BrowserSide, DocumentPlace, PlaceOnPage, TextToFind } from '../../src/custody/vault/browserSide.ts'
import type { Caller } from '../../src/messages/handlers.ts'
import { type Name, protocol, type Response } from '../../src/messages/protocol.ts'
import type { Box } from '../../src/messages/shapes.ts'
import type { TabCommandResponse } from '../../src/messages/tabCommandResponses.ts'
import type { CommandPayload } from '../../src/messages/tabCommands.ts'

export const site = 'https://notes.example'
export const content: Caller = {
  role: 'content',
  tabUrl: null,
  inPrivate: false,
  tabId: 7,
  frameId: 2,
  documentId: 'D1',
  origin: site,
}
export const ours: Caller = {
  role: 'composer',
  tabUrl: null,
  inPrivate: false,
  tabId: 11,
  frameId: 0,
  documentId: 'D2',
  origin: 'chrome-extension://test-extension-id',
}
export const field = { id: 'F'.repeat(22), label: 'Note', maxChars: 500 }
export const box = { left: 1, top: 2, width: 300, height: 40 }

/** A name for a draft, as the composer draws one. */
export const draftId = (letter: string) => letter.repeat(22)

/** The same handlers, each of whose responses has the shape of its entry: where they leave, nothing looks at that. */
function shaped<Given extends object>(handlers: Given): Given {
  return new Proxy(handlers, {
    get(target, name, self) {
      const handle: unknown = Reflect.get(target, name, self)
      if (typeof handle !== 'function' || !Object.hasOwn(protocol, name)) return handle
      return async (...request: unknown[]) => {
        const response: unknown = await Reflect.apply(handle, target, request)
        expect(v.safeParse(protocol[name as Name].response, response).issues).toBeUndefined()
        return response
      }
    },
  })
}

export function newDesk() {
  const opened: { windowRequest: string; beside: Box | null; windowId: number }[] = []
  const put: CommandPayload<'placeSealedText'>[] = []
  /** The plaintexts that documents were given. */
  const given: { place: DocumentPlace; told: CommandPayload<'placeOpenedText'> }[] = []
  const icons: string[] = []
  const raised: number[] = []
  const closed = new Set<number>()
  const world = {
    placed: { placed: true } as TabCommandResponse<'placeSealedText'> | null,
    putBack: { placed: true } as TabCommandResponse<'placeOpenedText'> | null,
    nextWindow: 100,
    unlocks: 0,
    raises: false,
    closed,
    startedOver: 0,
    icon: (): Promise<void> => Promise.resolve(),
    sought: [] as (PlaceOnPage | TextToFind)[],
    found: 'there' as Response<'findOnPage'>['found'],
  }
  const outside: BrowserSide = {
    openComposer: async (windowRequest, beside) => {
      const windowId = world.nextWindow++
      opened.push({ windowRequest, beside, windowId })
      return windowId
    },
    isThere: async () => true,
    raise: async (windowId) => {
      raised.push(windowId)
      return world.raises
    },
    windows: async () => new Set(opened.map(({ windowId }) => windowId).filter((id) => !closed.has(id))),
    showUnlock: async () => void world.unlocks++,
    startOver: async () => void world.startedOver++,
    showLockState: async (state) => {
      icons.push(state)
      await world.icon()
    },
    find: async (standing) => {
      world.sought.push(standing)
      return world.found
    },
    place: async (standing) => {
      world.sought.push(standing)
      return 'waiting'
    },
    placeOpenedText: async (place, told) => {
      given.push({ place, told })
      return world.putBack
    },
    placeSealedText: async (_tabId, _frameId, told) => {
      put.push(told)
      return world.placed
    },
  }
  const desk = createCustody(outside)
  const { transfers } = desk
  const answers = shaped(desk.handlers)
  /** The window request of the window that was opened last. */
  const windowRequest = () => opened.at(-1)?.windowRequest ?? ''
  /** Opens a composer from a field of a page, and gives the token of its window request. */
  const composing = async (sealed: string | null = null) => {
    await answers.compose({ field, sealed, box }, content)
    return windowRequest()
  }
  return { desk, answers, transfers, world, opened, raised, put, given, icons, windowRequest, composing }
}
