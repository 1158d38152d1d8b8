import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BrowserSync } from '../../src/sync/browserSync.ts'
import { bytesOf, join, type SyncedRecord, writeOf } from '../../src/sync/chunks.ts'
import { casesOf, seed } from '../depth.ts'
import { DeviceArea } from './cloud.ts'

const about = { vaultId: 'v', revision: 1 }
const day = 24 * 60 * 60 * 1000
const recordOf = (chars: number, letter = 'A'): SyncedRecord => ({
  header: `{"format":"fieldseal/v1/vault","note":"é<${letter}>"}`,
  body: letter.repeat(chars),
})

describe('a record in the browser’s sync', () => {
  test('comes back as it was, in pieces that each keep within the quota', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 90_000 }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        async (chars, text) => {
          const area = new DeviceArea()
          const record = { header: text.toWellFormed(), body: 'x'.repeat(chars) }
          expect(await new BrowserSync(area).write(record, about)).toMatchObject({ kind: 'sent' })
          expect(await new BrowserSync(area).read()).toMatchObject({ kind: 'record', record, manifest: about })
        },
      ),
    )
  })

  test('takes the place of the one before, of which nothing is left', async () => {
    const area = new DeviceArea()
    const synced = new BrowserSync(area)
    await synced.write(recordOf(40_000), about)
    await synced.write(recordOf(100, 'B'), { ...about, revision: 2 })
    expect(Object.keys(area.items).length).toBe(2)
    expect(await synced.read()).toMatchObject({ record: recordOf(100, 'B'), manifest: { revision: 2 } })
  })

  test('that fits, but not beside the one before, is written where that was', async () => {
    const area = new DeviceArea()
    const synced = new BrowserSync(area)
    for (const letter of ['A', 'B', 'C']) {
      await synced.write(recordOf(95_000, letter), about)
      expect(await synced.read()).toMatchObject({ record: recordOf(95_000, letter) })
    }
  })

  test('that does not fit is told to be too large, and what lies there stays', async () => {
    const area = new DeviceArea()
    const synced = new BrowserSync(area)
    await synced.write(recordOf(10), about)
    for (const chars of [102_000, 2_000_000]) {
      expect(await synced.write(recordOf(chars, 'B'), about)).toEqual({ kind: 'too-large' })
      expect(await synced.read()).toMatchObject({ record: recordOf(10) })
    }
    expect(bytesOf(area.items)).toBeLessThan(1_000)
  })

  test('is to be sent later when the browser says that there were too many', async () => {
    const area = new DeviceArea()
    const synced = new BrowserSync(area)
    for (let nth = 0; nth < 120; nth++) await area.remove([])
    expect(await synced.write(recordOf(10), about)).toEqual({ kind: 'later' })
    area.nextMinute()
    expect(await synced.write(recordOf(10), about)).toMatchObject({ kind: 'sent' })
  })

  test('with a fault at any write is there whole or not at all, and the next writing heals it', async () => {
    for (const sizes of [
      [100, 100],
      [60_000, 60_000],
    ]) {
      for (const fault of ['before', 'after'] as const) {
        for (let at = 1; at <= 4; at++) {
          const area = new DeviceArea()
          const synced = new BrowserSync(area)
          const [first, second] = [recordOf(sizes[0] ?? 0), recordOf(sizes[1] ?? 0, 'B')]
          await synced.write(first, about)
          area.faults.set(area.writes + at, fault)
          await synced.write(second, about)
          area.faults.clear()
          const found = await synced.read()
          if (found.kind === 'record') expect([first, second]).toContainEqual(found.record)
          // Only where the old ones had to go first.
          else expect([found.kind, sizes[0]]).toEqual(['incomplete', 60_000])
          expect(await synced.write(second, about)).toMatchObject({ kind: 'sent' })
          expect(await synced.read()).toMatchObject({ record: second })
        }
      }
    }
  })

  test('of several writers, passed on item by item in any order, is never read as a mixture', async () => {
    const step = fc.record({
      device: fc.nat(2),
      act: fc.constantFrom('write', 'push', 'push', 'pull', 'pull', 'sweep'),
      pick: fc.nat(1_000),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const server = new Map<string, unknown>()
        const areas = [0, 1, 2].map(() => new DeviceArea(server))
        const written = new Set<string>()
        for (const [nth, { device, act, pick }] of steps.entries()) {
          const area = areas[device] as DeviceArea
          const synced = new BrowserSync(area)
          if (act === 'write') {
            const record = recordOf(9_000 + nth, String.fromCharCode(65 + (nth % 26)))
            written.add(JSON.stringify(record))
            expect(await synced.write(record, about)).toMatchObject({ kind: 'sent' })
          } else if (act === 'sweep') await synced.sweep({}, 0)
          else {
            const keys = act === 'push' ? [...area.dirty] : [...new Set([...server.keys(), ...Object.keys(area.items)])]
            const key = keys[pick % Math.max(keys.length, 1)]
            if (key !== undefined) area[act](key)
          }
          const found = await synced.read()
          expect(['nothing', 'incomplete', 'record']).toContain(found.kind)
          if (found.kind === 'record') expect(written).toContain(JSON.stringify(found.record))
        }
        for (const area of areas) for (const key of [...area.dirty]) area.push(key)
        for (const area of areas) area.passAll()
        const ends = await Promise.all(areas.map((area) => new BrowserSync(area).read()))
        for (const end of ends) expect(end).toEqual(ends[0])
      }),
      { numRuns: casesOf(300), seed },
    )
  })
})

describe('what lies there', () => {
  const lying = async (change: (items: Record<string, unknown>) => void) => {
    const area = new DeviceArea()
    await new BrowserSync(area).write(recordOf(20_000), about)
    change(area.items)
    return (await join(area.items)).kind
  }
  const piece = (items: object, nth: number) => Object.keys(items).find((key) => key.endsWith(`.${nth}`)) as string
  const manifest = (items: Record<string, unknown>) => items.manifest as Record<string, unknown>

  test('without a manifest is nothing, and without a piece is incomplete', async () => {
    expect(await lying((items) => delete items.manifest)).toBe('nothing')
    for (const nth of [0, 1, 2]) expect(await lying((items) => delete items[piece(items, nth)])).toBe('incomplete')
  })

  test('is altered when a piece or the manifest is another', async () => {
    const changes: ((items: Record<string, unknown>) => void)[] = [
      (items) => Object.assign(items, { [piece(items, 1)]: `B${String(items[piece(items, 1)]).slice(1)}` }),
      (items) => Object.assign(items, { [piece(items, 1)]: '' }),
      (items) => Object.assign(items, { [piece(items, 0)]: { toString: 1 } }),
      (items) =>
        Object.assign(items, { [piece(items, 0)]: items[piece(items, 1)], [piece(items, 1)]: items[piece(items, 0)] }),
      (items) => Object.assign(manifest(items), { chars: 1 }),
      (items) => Object.assign(manifest(items), { count: 2 }),
      (items) => Object.assign(manifest(items), { count: 1e9 }),
      (items) => Object.assign(manifest(items), { write: '../../etc' }),
      (items) => Object.assign(items, { manifest: 'nonsense' }),
      (items) => Object.assign(items, { manifest: null }),
    ]
    for (const change of changes) expect(await lying(change), change.toString()).toBe('altered')
  })

  test('of a newer version is told so', async () => {
    expect(await lying((items) => Object.assign(items, { manifest: { format: 'fieldseal/v2/sync' } }))).toBe(
      'newer-version',
    )
  })

  test('is cleared whole, and nothing else is', async () => {
    const area = new DeviceArea()
    await new BrowserSync(area).write(recordOf(20_000), about)
    area.items.other = 1
    await new BrowserSync(area).clear()
    expect(area.items).toEqual({ other: 1 })
  })
})

describe('pieces that no manifest names', () => {
  const strayed = async () => {
    const area = new DeviceArea()
    const synced = new BrowserSync(area)
    await synced.write(recordOf(20_000), about)
    const [key] = Object.keys(area.items)
    const stray = 'S'.repeat(22)
    area.items[(key as string).replace(writeOf(key as string) as string, stray)] = 'x'.repeat(8_000)
    return { area, synced, stray }
  }

  test('are left for a day, and go then', async () => {
    const { area, synced, stray } = await strayed()
    const strays = await synced.sweep({}, 5)
    expect(strays).toEqual({ [stray]: 5 })
    expect(await synced.sweep(strays, 5 + day - 1)).toEqual(strays)
    expect(Object.keys(area.items).length).toBe(5)
    expect(await synced.sweep(strays, 5 + day)).toEqual({})
    expect(Object.keys(area.items).length).toBe(4)
    expect(await synced.read()).toMatchObject({ kind: 'record' })
  })

  test('give way at once when there is no room', async () => {
    const { area, synced } = await strayed()
    expect(await synced.write(recordOf(98_000), about)).toMatchObject({ kind: 'sent' })
    expect(Object.keys(area.items).some((key) => key.includes('SSSS'))).toBe(false)
  })

  test('are not believed to be older than they are, when a clock was moved back', async () => {
    const { synced, stray } = await strayed()
    expect(await synced.sweep({ [stray]: 10 * day }, 5)).toEqual({ [stray]: 5 })
  })
})
