// Which frame of a tab a person's command means, by what each frame's content script tells of what the person did there.

import { expect, test } from 'vitest'
import { type Frame, findCommandFrame } from '../../src/tabs/tabCommands.ts'

const frame = (frameId: number, actedAt: number, of: Partial<Frame> = {}): Frame => ({
  frameId,
  actedAt,
  chosen: false,
  focused: false,
  ...of,
})

test('a command means the frame where the person last came to a field', () => {
  expect(findCommandFrame([frame(0, 1, { chosen: true }), frame(4, 2, { chosen: true, focused: true })])).toBe(4)
  expect(findCommandFrame([frame(0, 3, { chosen: true, focused: true }), frame(4, 2, { chosen: true })])).toBe(0)
})

test('a script that moves the focus to another frame steals no command', () => {
  expect(findCommandFrame([frame(0, 5, { chosen: true }), frame(4, 0, { chosen: true, focused: true })])).toBe(0)
  expect(findCommandFrame([frame(0, 5, { chosen: true }), frame(4, 3, { focused: true })])).toBe(0)
  expect(findCommandFrame([frame(4, 0, { chosen: true, focused: true }), frame(0, 5, { chosen: true })])).toBe(0)
})

test('who presses a tool bar of another frame that takes no focus is in the field still', () => {
  expect(findCommandFrame([frame(0, 9), frame(4, 5, { chosen: true, focused: true })])).toBe(4)
})

test('who has left a field for another frame is in none, but for what has the focus there', () => {
  expect(findCommandFrame([frame(0, 9), frame(4, 5, { chosen: true })])).toBe(null)
  expect(findCommandFrame([frame(0, 9, { focused: true }), frame(4, 5, { chosen: true })])).toBe(0)
})

test('before the person has done anything, it is the field with the focus', () => {
  expect(findCommandFrame([frame(0, 0, { chosen: true }), frame(4, 0, { chosen: true, focused: true })])).toBe(4)
  expect(findCommandFrame([frame(0, 0), frame(4, 0, { chosen: true })])).toBe(4)
  expect(findCommandFrame([frame(0, 0), frame(4, 0)])).toBe(null)
  expect(findCommandFrame([])).toBe(null)
})
