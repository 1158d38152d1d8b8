// What is made of what the browser tells of the device: when the vault is looked at, and what is passed on.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { watchDevice, watchWhile } from '../../src/tabs/idle.ts'

type Heard = (told: never) => unknown

/** An event of the browser's that the test fires. */
function event() {
  const listeners: Heard[] = []
  return {
    addListener: (listener: Heard) => void listeners.push(listener),
    fire: (told: unknown) => {
      for (const listener of listeners) listener(told as never)
    },
  }
}

const start = Date.UTC(2026, 10, 26, 9)
const alarm = { name: 'look', scheduledTime: start }
let heard: string[]
let world: ReturnType<typeof device>
let locksAt: number | null

/** The parts of the browser that tell of the device. */
function device() {
  const [onAlarm, onStateChanged, onRemoved] = [event(), event(), event()]
  const seen = { state: 'active', windows: [] as object[], interval: 0, asked: 0 }
  const alarms = new Map<string, object>()
  Object.assign(browser, {
    alarms: {
      onAlarm,
      clear: async (name: string) => alarms.delete(name),
      get: async (name: string) => alarms.get(name),
      create: (name: string, info: object) => void alarms.set(name, info),
    },
    idle: {
      onStateChanged,
      setDetectionInterval: (seconds: number) => {
        seen.interval = seconds
      },
      queryState: async (seconds: number) => {
        seen.asked = seconds
        return seen.state
      },
    },
    windows: { onRemoved, getAll: async () => seen.windows },
  })
  return { onAlarm, onStateChanged, onRemoved, seen, alarms }
}

const original = { alarms: browser.alarms, idle: browser.idle, windows: browser.windows }
beforeEach(() => {
  vi.useFakeTimers({ now: start })
  fakeBrowser.reset()
  heard = []
  locksAt = start + 900_000
  world = device()
  watchDevice({
    postpone: async () => void heard.push('postpone'),
    check: async () => {
      heard.push('check')
      return locksAt
    },
    lockOn: async (event) => void heard.push(event),
  })
})
afterEach(() => {
  vi.useRealTimers()
  Object.assign(browser, original)
})

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('the device', () => {
  test('is asked at each alarm whether someone is there, and the deadline is looked at either way', async () => {
    world.onAlarm.fire(alarm)
    await settle()
    expect(heard).toEqual(['postpone', 'check'])
    expect(world.seen.asked).toBe(30)
    world.seen.state = 'idle'
    world.onAlarm.fire(alarm)
    await settle()
    expect(heard).toEqual(['postpone', 'check', 'check'])
    world.onAlarm.fire({ name: 'another' })
    await settle()
    expect(heard.length).toBe(3)
  })

  test('tells at once when someone comes back, and when its screen is locked', async () => {
    expect(world.seen.interval).toBe(30)
    for (const state of ['idle', 'active', 'locked']) world.onStateChanged.fire(state)
    await settle()
    expect(heard.filter((one) => one !== 'check')).toEqual(['postpone', 'onScreenLock'])
  })

  test('whose screen is found locked at an alarm was not told of, and counts too', async () => {
    world.seen.state = 'locked'
    world.onAlarm.fire(alarm)
    await settle()
    expect(heard).toEqual(['onScreenLock', 'check'])
  })

  test('is looked at in the very moment when the time is up, where that comes before the next alarm', async () => {
    world.seen.state = 'idle'
    locksAt = start + 20_000
    world.onAlarm.fire(alarm)
    await vi.advanceTimersByTimeAsync(19_999)
    expect(heard).toEqual(['check'])
    locksAt = null
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heard).toEqual(['check', 'check'])
  })

  test('of which nobody will be asked in time is not looked at every moment', async () => {
    world.seen.state = 'idle'
    world.onAlarm.fire(alarm)
    await vi.advanceTimersByTimeAsync(899_000)
    expect(heard).toEqual(['check'])
  })

  test('has its last window closed only when none is left', async () => {
    world.seen.windows = [{ id: 1 }, { id: 2 }]
    world.onRemoved.fire(1)
    await settle()
    expect(heard).toEqual([])
    world.seen.windows = []
    world.onRemoved.fire(2)
    await settle()
    expect(heard).toEqual(['onLastWindow'])
    world.seen.windows = [{ id: 3 }]
    world.onRemoved.fire(3)
    await settle()
    expect(heard).toEqual(['onLastWindow', 'onLastWindow'])
  })
})

test('the alarm is set once while the vault is unlocked, and taken away with it', async () => {
  await watchWhile('unlocked')
  const set = world.alarms.get('look')
  expect(set).toEqual({ periodInMinutes: 0.5 })
  await watchWhile('unlocked')
  expect(world.alarms.get('look')).toBe(set)
  await watchWhile('locked')
  expect(world.alarms.size).toBe(0)
  await watchWhile('none')
  expect(world.alarms.size).toBe(0)
})
