// Sealed texts through what sites do to text, looked for in the text of the HTML as the command line program reads it.

import { describe, expect, test } from 'vitest'
import { type CircleKey, randomBytes } from '../../../src/bytes.ts'
import { pageRun } from '../../../src/cli/formats/html.ts'
import { findSealed } from '../../../src/crypto/armor.ts'
import { sealText } from '../../../src/crypto/text.ts'
import { transforms } from './transforms.ts'

const key = randomBytes(32) as CircleKey
const seal = (text: string) => sealText(key, { text, minutes: 29_000_000, origin: null })

describe('sealed texts in pages and mails', () => {
  test.each(transforms)('$name', async ({ kind, html }) => {
    const [one, two] = [await seal('x'.repeat(20)), await seal('y'.repeat(300))]
    const found = findSealed(pageRun(await html(`one ${one} two\n\n${two}\nthree`)).text)
    const whole = found.filter(({ fault }) => fault === null).map(({ sealed }) => sealed)
    if (kind === 'opens') expect(whole).toEqual([one, two])
    else expect(whole.filter((each) => each === one || each === two)).toEqual([])
  })
})
