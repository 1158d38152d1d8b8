// Paper: a page is printed with its ciphertext, as the site has it, whoever prints it; and with the opened texts only when
// the person asks for it in the popup, that once. What the browser would print is taken as a PDF, and its text is read.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../attack/site.ts'
import { type Stage, setStage } from '../attack/stage.ts'
import { lettersOf } from '../pages/pdf.ts'
import { words } from '../words.ts'
import { type Display, startDisplay } from './display.ts'
import { allRead, openedNow } from './readers.ts'
import { kinds, waitFor } from './session.ts'
import { press } from './steps.ts'

const plain = ['Printed or not, that is the question', 'and a second one']

const squeezed = (text: string): string => text.replaceAll(/\s/g, '')

/** What makes Chromium print to a file without asking, as kiosks do. */
const printsToFile = (folder: string) => ({
  printing: {
    print_preview_sticky_settings: {
      appState: JSON.stringify({
        version: 2,
        recentDestinations: [{ id: 'Save as PDF', origin: 'local', account: '', capabilities: {} }],
        selectedDestinationId: 'Save as PDF',
      }),
    },
  },
  savefile: { default_directory: folder },
  download: { default_directory: folder, prompt_for_download: false },
})

describe.each(kinds)('on paper, from %s', (kind) => {
  let stage: Stage
  let display: Display | undefined
  let folder: string
  let sealed: string[]
  let page: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldseal-print-'))
    const profile = join(folder, 'profile')
    await mkdir(join(profile, 'Default'), { recursive: true })
    if (kind === 'chromium') {
      display = await startDisplay()
      await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(printsToFile(folder)))
      stage = await setStage(kind, { display, userDataDir: profile, args: ['--kiosk-printing'] })
    } else {
      const printer = 'print.printer_Mozilla_Save_to_PDF.'
      stage = await setStage(kind, {
        userDataDir: profile,
        prefs: {
          'print.always_print_silent': true,
          print_printer: 'Mozilla Save to PDF',
          [`${printer}print_to_file`]: true,
          [`${printer}print_to_filename`]: join(folder, 'page.pdf'),
        },
      })
    }
    sealed = await stage.sealed(plain)
    page = await stage.visit(
      'page',
      html(
        `<style>p { overflow-wrap: anywhere }</style><h1>A page</h1><p>${sealed[0]}</p><p>Among words ${sealed[1]} it stands.</p>`,
      ),
    )
    await allRead(stage.session, page, plain)
  })
  afterAll(async () => {
    await stage?.close()
    await display?.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  /** The file that the browser prints by itself, once it is whole. */
  const printed = (): Promise<string> =>
    waitFor(
      'the printed file',
      async () => {
        const [name] = (await readdir(folder)).filter((each) => each.endsWith('.pdf'))
        if (name === undefined) return null
        const letters = await lettersOf(await readFile(join(folder, name)))
        await rm(join(folder, name))
        return letters
      },
      { timeoutMs: 30_000 },
    )

  const isCiphertext = (letters: string) => {
    for (const one of sealed) expect(letters).toContain(one)
    for (const one of plain) expect(letters).not.toContain(squeezed(one))
    expect(letters).toContain('Amongwords')
    expect(letters).not.toContain('Showciphertext')
  }

  test('a page that is printed shows its ciphertext and nothing of the opened texts', async () => {
    isCiphertext(await lettersOf(await page.pdf()))
    expect(await openedNow(stage.session, page)).toEqual([...plain].sort())
  })

  test('a page that prints itself gets no more', async () => {
    await page.evaluate(() => setTimeout(() => print()))
    isCiphertext(await printed())
  })

  test('the person’s command prints the opened texts, once', async () => {
    const popup = await stage.session.realPopup(page)
    await press(popup, words('popup.page.print'))
    const letters = await printed()
    for (const one of plain) expect(letters).toContain(squeezed(one))
    for (const one of sealed) expect(letters).not.toContain(one)
    expect(letters).not.toContain('Showciphertext')
    await page.bringToFront()
    isCiphertext(await lettersOf(await page.pdf()))
    await allRead(stage.session, page, plain)
  })
})
