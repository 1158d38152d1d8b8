// What was chosen for sites and fields: read as if anyone had written it, kept apart for private windows.

import 'fake-indexeddb/auto'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { database } from '../../src/storage/database.ts'
import { readPreferences } from '../../src/storage/preferences.ts'
import {
  addAlwaysSealed,
  changeSite,
  forgetPrivateSettings,
  forgetSite,
  parseSettings,
  readSettings,
  reenableSite,
  removeAlwaysSealed,
  type StoredAlwaysSealed,
  settingOf,
} from '../../src/tabs/siteSettings.ts'
import { casesOf, seed } from '../depth.ts'

const a = 'https://a.example/*'
const b = 'https://b.example/*'
const usual = { off: false, open: true, button: true }
const field = {
  kind: 'textarea',
  id: 'note',
  name: '',
  autocomplete: '',
  label: 'note',
  placeholder: '',
  form: '',
  path: '/',
  index: 0,
} as const
const markOf = (letter: string, origin = 'https://a.example'): StoredAlwaysSealed => ({
  id: letter.repeat(22),
  origin,
  label: 'Note',
  since: 1_795_000_000_000,
  field,
})
const onDisk = async () => JSON.stringify((await readPreferences()).sites ?? null)
const idsIn = async (privately: boolean) => (await readSettings(privately)).marks.map(({ id }) => id[0])

beforeEach(async () => {
  fakeBrowser.reset()
  await (await database()).clear('preferences')
})

describe('what lies on the disk', () => {
  test('is read entry by entry: one that makes no sense spoils no other', () => {
    const sites = { [a]: { off: false, open: false, button: true }, '*://*/*': usual, x: usual }
    const { sites: read, marks, unreadableMarks } = parseSettings({ sites, marks: [markOf('A'), null] })
    expect([...read]).toEqual([[a, { off: false, open: false, button: true }]])
    expect([marks.map(({ id }) => id[0]), unreadableMarks]).toEqual([['A'], 1])
  })

  test('that says something senseless of a site opens no text there by itself, and is else as usual', () => {
    const { sites } = parseSettings({ sites: { [a]: { open: 'yes', button: 1, off: null }, [b]: { later: 1 } } })
    expect([...sites]).toEqual([
      [a, { ...usual, open: false }],
      [b, usual],
    ])
  })

  test('never makes less of a mark: where its field cannot be read, it is for every field of its site', () => {
    const later = { ...markOf('A'), more: 1, field: { ...field, more: 1 } }
    const { placeholder: _, ...earlier } = field
    const odd = [{ ...earlier, kind: 'canvas' }, { ...field, path: 7 }, null, undefined, 'x']
    const [read, older, ...rest] = parseSettings({
      marks: [
        later,
        { ...markOf('B'), field: earlier },
        ...odd.map((one, at) => ({ ...markOf('CDEFG'[at] ?? ''), field: one })),
      ],
    }).marks
    expect([read, older]).toEqual([markOf('A'), markOf('B')])
    expect(rest.map(({ origin, field }) => [origin, field])).toEqual(odd.map(() => ['https://a.example', null]))
  })

  test('whatever it is, is read without an error, and is as usual where it says nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(settingOf(parseSettings(value), a)).toEqual(usual)
      }),
      { numRuns: casesOf(2_000), seed },
    )
  })

  test('a name of an object’s own is no site', () => {
    const hostile = JSON.parse(
      `{ "__proto__": { "off": true }, "constructor": { "off": true, "open": true, "button": true } }`,
    )
    const read = parseSettings({ sites: hostile, marks: [] })
    expect(read.sites.size).toBe(0)
    expect(settingOf(read, 'constructor')).toEqual(usual)
  })
})

describe('a site', () => {
  test('is kept while something is chosen for it, and not when all is as usual again', async () => {
    await changeSite(a, { open: false }, false)
    expect(settingOf(await readSettings(false), a)).toEqual({ ...usual, open: false })
    await changeSite(a, { open: true }, false)
    expect(await onDisk()).toBe('{"sites":{},"marks":[]}')
  })

  test('that was excepted is let in again, with all else as it was', async () => {
    await changeSite(a, { off: true, button: false }, false)
    await reenableSite(a)
    expect(settingOf(await readSettings(false), a)).toEqual({ ...usual, button: false })
  })

  test('that is taken from the list is forgotten, in private windows too', async () => {
    await changeSite(a, { open: false }, false)
    await changeSite(a, { off: true }, true)
    await forgetSite(a)
    for (const privately of [true, false]) expect(settingOf(await readSettings(privately), a)).toEqual(usual)
  })
})

describe('in a private window', () => {
  test('what is chosen stands over what is on the disk, does not reach it, and is forgotten with the window', async () => {
    await changeSite(a, { open: false }, false)
    const before = await onDisk()
    await changeSite(a, { open: true }, true)
    await changeSite(b, { off: true }, true)
    expect(settingOf(await readSettings(true), a)).toEqual(usual)
    expect(settingOf(await readSettings(true), b).off).toBe(true)
    expect(await onDisk()).toBe(before)
    expect(settingOf(await readSettings(false), b)).toEqual(usual)
    await forgetPrivateSettings()
    expect(settingOf(await readSettings(true), a).open).toBe(false)
  })

  test('marks are added and taken back for the time of the window alone', async () => {
    await addAlwaysSealed(markOf('A'), false)
    const before = await onDisk()
    await addAlwaysSealed(markOf('B'), true)
    await removeAlwaysSealed('A'.repeat(22), 'https://a.example', true)
    expect(await idsIn(true)).toEqual(['B'])
    expect(await idsIn(false)).toEqual(['A'])
    expect(await onDisk()).toBe(before)
    await forgetPrivateSettings()
    expect(await idsIn(true)).toEqual(['A'])
  })
})

describe('a mark', () => {
  test('is taken back by its own origin only', async () => {
    await addAlwaysSealed(markOf('A'), false)
    await removeAlwaysSealed('A'.repeat(22), 'https://b.example', false)
    expect(await idsIn(false)).toEqual(['A'])
    await removeAlwaysSealed('A'.repeat(22), 'https://a.example', false)
    expect(await idsIn(false)).toEqual([])
  })

  test('is refused where there are too many of one site, which takes nothing from others', async () => {
    for (let nth = 0; nth < 100; nth++) await addAlwaysSealed({ ...markOf('A'), id: `${nth}`.padStart(22, '0') }, false)
    await expect(addAlwaysSealed(markOf('B'), false)).rejects.toMatchObject({ code: 'full' })
    await addAlwaysSealed(markOf('C', 'https://b.example'), false)
  })
})
