// The one case in which a content script is given a plaintext: a person's own command, vouched for by the browser
// (docs/THREATS.md). A vouch is for one frame of one tab, for one use, for a few seconds; it outlives the background.

import * as v from 'valibot'
import { Volatile } from '../storage/volatile.ts'

const lastsMs = 10_000

const vouches = new Volatile(
  'vouched',
  v.array(v.strictObject({ tabId: v.number(), frameId: v.number(), until: v.number() })),
)

/** The browser itself has just told of a person's command for this frame. */
export async function vouch(tabId: number, frameId: number): Promise<void> {
  const until = Date.now() + lastsMs
  await vouches.change((before) => [...valid(before).filter(not(tabId, frameId)), { tabId, frameId, until }])
}

/** Uses up the vouch for this frame. False when there is none. */
export async function useVouch(tabId: number, frameId: number): Promise<boolean> {
  let found = false
  await vouches.change((before) => {
    const rest = valid(before).filter(not(tabId, frameId))
    found = rest.length < valid(before).length
    return rest
  })
  return found
}

type Vouches = readonly { tabId: number; frameId: number; until: number }[]

function valid(all: Vouches | null): Vouches {
  const now = Date.now()
  return (all ?? []).filter(({ until }) => now < until && until <= now + lastsMs)
}

function not(tabId: number, frameId: number) {
  return (one: { tabId: number; frameId: number }) => one.tabId !== tabId || one.frameId !== frameId
}
