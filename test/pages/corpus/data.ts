// What happens to text on its way through files and limits: tables, JSON, hyphenation, break opportunities; and the changes
// that no text survives, which must be told as what they are.

import he from 'he'
import hyphenation from 'hyphen/en/index.js'
import papa from 'papaparse'
import type { Transform } from './transforms.ts'

const cells = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${he.escape(cell)}</td>`).join('')}</tr>`).join('')}</table>`
const paragraph = (text: string): string => `<p>${he.escape(text)}</p>`
const every = (source: string, count: number, between: string): string =>
  (source.match(new RegExp(`[^]{1,${count}}`, 'g')) ?? []).join(between)
/** The sealed text in a source, changed; words around it stay. */
const changed = (source: string, change: (sealed: string) => string): string =>
  source.replaceAll(/sealed1\w+/g, (sealed) => change(sealed))

const survived: readonly Transform[] = [
  {
    name: 'papaparse, CSV and back',
    kind: 'opens',
    html: (source) =>
      cells(
        papa.parse(
          papa.unparse([
            ['when', 'what'],
            ['today, "noon"', source],
          ]),
        ).data,
      ),
  },
  {
    name: 'papaparse, quoted, twice',
    kind: 'opens',
    html: (source) => {
      const once = papa.unparse([['1', source]], { quotes: true })
      const inner = papa.parse(papa.unparse([['outer', once]])).data[0]?.[1] ?? ''
      return cells(papa.parse(inner).data)
    },
  },
  {
    name: 'JSON and back, twice',
    kind: 'opens',
    html: (source) => paragraph(JSON.parse(JSON.parse(JSON.stringify(JSON.stringify({ note: source })))).note),
  },
  {
    name: 'JSON as it is',
    kind: 'opens',
    html: (source) => `<pre>${he.escape(JSON.stringify({ note: source }, null, 2))}</pre>`,
  },
  { name: 'hyphen, soft hyphens', kind: 'opens', html: (source) => paragraph(hyphenation.hyphenateSync(source)) },
  {
    name: 'hyphen, in HTML with short words',
    kind: 'opens',
    html: (source) => hyphenation.hyphenateHTMLSync(`<p><em>${he.escape(source)}</em></p>`),
  },
  { name: '<wbr> every 8 letters', kind: 'opens', html: (source) => `<p>${every(source, 8, '<wbr>')}</p>` },
  { name: '<br> every 50 letters', kind: 'opens', html: (source) => `<p>${every(source, 50, '<br>\n')}</p>` },
  { name: 'soft hyphen every 5 letters', kind: 'opens', html: (source) => paragraph(every(source, 5, '\u00ad')) },
  {
    name: 'zero-width space every 10 letters',
    kind: 'opens',
    html: (source) => paragraph(every(source, 10, '\u200b')),
  },
  {
    name: 'a span around every 3 letters',
    kind: 'opens',
    html: (source) => `<p><span>${every(source, 3, '</span><span>')}</span></p>`,
  },
]

const cutTo = (source: string, share: number): string =>
  changed(source, (sealed) => sealed.slice(0, sealed.length * share))

const broken: readonly Transform[] = [
  { name: 'a limit at half of it', kind: 'cut off', html: (source) => paragraph(`${cutTo(source, 0.5)}…`) },
  {
    name: 'a limit at a third, “read more”',
    kind: 'cut off',
    html: (source) => `${paragraph(cutTo(source, 0.33))}<a href="#more">… read more</a>`,
  },
  {
    name: 'a limit one letter short',
    kind: 'cut off',
    html: (source) => paragraph(changed(source, (sealed) => `${sealed.slice(0, -1)}.`)),
  },
  {
    name: 'a limit at 60 letters',
    kind: 'cut off',
    html: (source) => paragraph(changed(source, (sealed) => `${sealed.slice(0, 60)} [...]`)),
  },
  {
    name: 'the middle left out',
    kind: 'cut off',
    html: (source) => paragraph(changed(source, (sealed) => `${sealed.slice(0, 30)}…${sealed.slice(-10)}`)),
  },
  { name: 'letters made small', kind: 'damaged', html: (source) => paragraph(source.toLowerCase()) },
  {
    name: 'a letter dropped',
    kind: 'damaged',
    html: (source) => paragraph(changed(source, (sealed) => sealed.slice(0, 60) + sealed.slice(61))),
  },
  {
    name: 'a digit replaced',
    kind: 'damaged',
    html: (source) =>
      paragraph(
        changed(source, (sealed) => `${sealed.slice(0, 70)}${sealed[70] === 'x' ? 'y' : 'x'}${sealed.slice(71)}`),
      ),
  },
  {
    name: 'letters swapped for look-alikes',
    kind: 'damaged',
    html: (source) =>
      paragraph(changed(source, (sealed) => `sealed1${sealed.slice(7).replaceAll('0', 'O').replaceAll('l', 'I')}`)),
  },
]

export const data: readonly Transform[] = [...survived, ...broken]
