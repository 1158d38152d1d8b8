import { expect, test } from 'vitest'
import { Latest } from '../../../src/ui/app/latest.ts'

test('only what was begun last counts, and what joined it, until something else begins or it is ended', () => {
  const latest = new Latest()
  const first = latest.begin()
  const joined = latest.join()
  expect([first(), joined()]).toEqual([true, true])
  const second = latest.begin()
  expect([first(), joined(), second()]).toEqual([false, false, true])
  latest.end()
  expect(second()).toBe(false)
})
