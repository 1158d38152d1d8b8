// The boxes of our windows that take a text are kept from servers that check spelling and suggest words, as the browser itself
// understands their attributes; and the options' switch gives the person's own texts back to its spelling checker.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds, type Session, waitFor } from '../e2e/session.ts'
import { password, type Setting, setUp } from '../e2e/setting.ts'
import { fieldNamed, named, placeVault, press } from '../e2e/steps.ts'
import { words } from '../words.ts'

describe.each(kinds)('what is written in %s', (kind) => {
  let setting: Setting
  let session: Session
  beforeAll(async () => {
    setting = await setUp(kind)
    session = setting.session
    await placeVault(session, password)
  })
  afterAll(() => setting?.end())

  const box = async (path: string, label: string) => {
    const page = await session.openExtensionPage(path)
    const found = await fieldNamed(page, label)
    return {
      page,
      said: () =>
        found.evaluate((element) => {
          const { spellcheck } = element as HTMLElement
          const at = (name: string) => element.getAttribute(name)
          return [spellcheck, at('autocorrect'), at('writingsuggestions'), at('autocapitalize')]
        }),
    }
  }
  const quiet = [false, 'off', 'false', null]

  test('is sent nowhere to be checked, unless the person chose so', async () => {
    const search = await box('library.html', words('library.search.texts'))
    const before = await box('composer.html', words('composer.write.text'))
    expect([await search.said(), await before.said()]).toEqual([quiet, quiet])
    const options = await session.openExtensionPage('options.html')
    await press(options, words('options.spelling.check'), 'switch')
    await waitFor('the switch to be on', async () =>
      (await named(options, words('options.spelling.check'), 'switch')).evaluate((each) => each.ariaChecked === 'true'),
    )
    await options.reload({ waitUntil: [] })
    const kept = await named(options, words('options.spelling.check'), 'switch')
    expect(await kept.evaluate((each) => each.ariaChecked)).toBe('true')
    const after = await box('composer.html', words('composer.write.text'))
    await waitFor('the box to be checked', async () => (await after.said())[0] === true)
    expect(await after.said()).toEqual([true, 'on', 'false', null])
    const searchAfter = await box('library.html', words('library.search.texts'))
    expect(await searchAfter.said()).toEqual(quiet)
  })
})
