// What goes on paper: sheets with one written secret each, its QR code, the vault's name, the date and what to do; nothing
// else that is secret. Sheets lie in a place of their own that is seen in print alone, and in print alone nothing else is,
// so that a sheet made for one person never carries what was on the screen beside it.

import { render } from 'preact'
import { useLayoutEffect, useMemo } from 'preact/hooks'
import { groupsOf } from './groups.ts'
import { QrCode } from './parts/qr.tsx'
import { saveFile } from './saveFile.ts'

export interface Sheet {
  readonly title: string
  /** Short lines below the title: whose it is, of which vault, of which day. */
  readonly head: readonly string[]
  /** The secret, in groups joined by `-`. */
  readonly letters: string
  readonly whatToDo: readonly string[]
  /** Of the file it is saved as, without its ending. */
  readonly fileName: string
}

export interface Paper {
  /** These of the sheets, or all of them. */
  print(only?: readonly Sheet[]): void
}

/** Lays the sheets ready for printing, also by the browser's own command, for as long as the caller is shown. */
export function usePaper(sheets: readonly Sheet[]): Paper {
  const owner = useMemo(() => ({}), [])
  useLayoutEffect(() => lay(owner, sheets), [owner, sheets])
  useLayoutEffect(() => () => clear(owner), [owner])
  return {
    print(only = sheets) {
      lay(owner, only)
      // The dialog may stand open after this; what it shows was taken when it opened.
      addEventListener('afterprint', () => relay(owner, sheets), { once: true })
      print()
    },
  }
}

export function sheetText({ title, head, letters, whatToDo }: Sheet): string {
  const lines = [title, ...head, '', letters, '', ...whatToDo.map((line) => `- ${line}`)]
  return `${lines.join('\n')}\n`
}

export function saveSheet(sheet: Sheet): void {
  saveFile(`${sheet.fileName}.txt`, [sheetText(sheet)], 'text/plain')
}

/** Whose sheets lie there now: the last to ask. */
let laidBy: object | null = null

function lay(owner: object, sheets: readonly Sheet[]): void {
  laidBy = owner
  render(
    sheets.map((sheet) => <OneSheet key={sheet.letters} {...sheet} />),
    place(),
  )
}

function relay(owner: object, sheets: readonly Sheet[]): void {
  if (laidBy === owner) lay(owner, sheets)
}

function clear(owner: object): void {
  if (laidBy !== owner) return
  laidBy = null
  render(null, place())
}

function place(): Element {
  const there = document.querySelector('body > .paper')
  if (there !== null) return there
  const made = document.createElement('div')
  made.className = 'paper'
  made.ariaHidden = 'true'
  document.body.append(made)
  return made
}

function OneSheet({ title, head, letters, whatToDo }: Sheet) {
  return (
    <section class="sheet">
      <p class="sheet-title">{title}</p>
      {head.map((line) => (
        <p class="sheet-head" key={line}>
          {line}
        </p>
      ))}
      <div class="sheet-secret">
        <ol class="sheet-key">
          {groupsOf(letters).map((group, index) => (
            <li key={index}>{group}</li>
          ))}
        </ol>
        <QrCode text={letters} label={title} />
      </div>
      <ul>
        {whatToDo.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
