// Tickets that are wanted at the same time are asked for together, and each text gets its own.

import { beforeEach, expect, test, vi } from 'vitest'
import { ticketsAtOnce } from '../../../src/messages/contentScript.ts'
import { ticketFor } from '../../../src/page/text/tickets.ts'

interface Ask {
  readonly texts: readonly { readonly sealed: string }[]
}
const call = vi.hoisted(() => vi.fn<(name: string, ask: Ask) => Promise<{ tickets: string[] }>>())
vi.mock('../../../src/messages/callFromTexts.ts', () => ({ call }))

beforeEach(() => {
  call.mockReset()
  call.mockImplementation(async (_name, { texts }) => ({ tickets: texts.map(({ sealed }) => `for ${sealed}`) }))
})
const wanted = (texts: readonly string[]) => Promise.all(texts.map((text) => ticketFor(text, null)))
const askedAtOnce = () => call.mock.calls.map(([, { texts }]) => texts.length)

test('one question asks for all of them', async () => {
  expect(await wanted(['a', 'b', 'c'])).toEqual(['for a', 'for b', 'for c'])
  expect(askedAtOnce()).toEqual([3])
})

test('no question asks for more than the background answers', async () => {
  const texts = Array.from({ length: ticketsAtOnce + 2 }, (_, index) => `text ${index}`)
  expect(await wanted(texts)).toEqual(texts.map((text) => `for ${text}`))
  expect(askedAtOnce()).toEqual([ticketsAtOnce, 2])
})

test('no question is long because one of its texts is', async () => {
  await wanted(['x'.repeat(500_000), 'a'])
  expect(askedAtOnce()).toEqual([1, 1])
})

test('there is none where the background refuses', async () => {
  call.mockRejectedValue(new Error('refused'))
  expect(await wanted(['a', 'b'])).toEqual([null, null])
})

test('there is none for those texts that the background leaves out', async () => {
  call.mockResolvedValue({ tickets: ['for a'] })
  expect(await wanted(['a', 'b'])).toEqual(['for a', null])
})
