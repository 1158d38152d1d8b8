// What goes on paper: sheets with one written secret each, its QR code, the vault's name, the date and what to do; nothing
// else that is secret. An element of their own holds the sheets: print shows it and nothing else, and the screen never shows it,
// so that a sheet made for one person never carries what was on the screen beside it.

import { render } from 'preact'
import { useLayoutEffect, useMemo } from 'preact/hooks'
import { groupsOf } from '../app/groups.ts'
import { saveFile } from '../app/saveFile.ts'
import { QrCode } from '../parts/qr.tsx'

export interface PrintSheet {
  readonly title: string
  /** Short lines below the title: whose it is, of which vault, of which day. */
  readonly head: readonly string[]
  /** The secret, in groups joined by `-`. */
  readonly letters: string
  readonly whatToDo: readonly string[]
  /** Of the file it is saved as, without its ending. */
  readonly fileName: string
}

export interface PrintedSheets {
  /** These of the sheets, or all of them. */
  print(only?: readonly PrintSheet[]): void
}

/** Keeps the sheets ready for printing, also by the browser's own command, while the calling component is mounted. */
export function usePrintSheets(sheets: readonly PrintSheet[]): PrintedSheets {
  const owner = useMemo(() => ({}), [])
  useLayoutEffect(() => place(owner, sheets), [owner, sheets])
  useLayoutEffect(() => () => clear(owner), [owner])
  return {
    print(chosen = sheets) {
      place(owner, chosen)
      // The print dialog may stay open after this; it shows what was there when it opened.
      addEventListener('afterprint', () => placeAgain(owner, sheets), { once: true })
      print()
    },
  }
}

export function sheetText({ title, head, letters, whatToDo }: PrintSheet): string {
  const lines = [title, ...head, '', letters, '', ...whatToDo.map((line) => `- ${line}`)]
  return `${lines.join('\n')}\n`
}

export function saveSheet(sheet: PrintSheet): void {
  saveFile(`${sheet.fileName}.txt`, [sheetText(sheet)], 'text/plain')
}

/** Who placed the sheets that are ready now: the last to do so. */
let currentOwner: object | null = null

function place(owner: object, sheets: readonly PrintSheet[]): void {
  currentOwner = owner
  render(
    sheets.map((sheet) => <Sheet key={sheet.letters} {...sheet} />),
    findOrCreateContainer(),
  )
}

function placeAgain(owner: object, sheets: readonly PrintSheet[]): void {
  if (currentOwner === owner) place(owner, sheets)
}

function clear(owner: object): void {
  if (currentOwner !== owner) return
  currentOwner = null
  render(null, findOrCreateContainer())
}

function findOrCreateContainer(): Element {
  const existing = document.querySelector('body > .paper')
  if (existing !== null) return existing
  const created = document.createElement('div')
  created.className = 'paper'
  created.ariaHidden = 'true'
  document.body.append(created)
  return created
}

function Sheet({ title, head, letters, whatToDo }: PrintSheet) {
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
