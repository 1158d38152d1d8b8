// The text of pages and mails as the program reads it (of all that sites make of a text: test/pages/corpus/html.test.ts), and
// putting opened texts in the place of sealed ones.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlRun } from '../../../src/cli/formats/html.ts'
import { escapeHtml, inertHtml, inertPage } from '../../../src/cli/formats/inert.ts'
import { plainRun, replaceIn } from '../../../src/cli/formats/runs.ts'
import { harmless, visible } from '../../../src/cli/printing.ts'

describe('the text of markup', () => {
  test.each([
    ['a<b>b</b>c', 'abc'],
    ['a<br>b<BR/>c</br>d', 'a\nb\nc\nd'],
    ['a<wbr>b', 'a\u200bb'],
    ['<p>a<p>b<div>c</div>d', 'a\nb\nc\nd'],
    ['<td>a</td><td>b</td>', 'a\nb\n'],
    ['&lt;&gt;&#x200b;&shy;&amp;&nbsp;&unknown;&#0;', '<>\u200b\u00ad&\u00a0&unknown;\ufffd'],
    ['a<script>b</script><style>c</style>d', 'a\nd'],
    ['<script/>a', 'a'],
    ['a<!-- b -->c<?x y?>d<!doctype html>e', 'acde'],
    ['<![CDATA[a]]>b', 'ab'],
    ['<title>a &amp; b</title><textarea><p>c</textarea>', 'a & b\n<p>c\n'],
    ['a < b, a <3', 'a < b, a <3'],
    ['a<b title="c>d', 'a'],
    ['a</b', 'a'],
    ['a&#x1F511;b&NotEqualTilde;', 'a\u{1f511}b\u2242\u0338'],
  ])('of %s', (source, text) => {
    expect(htmlRun(source).text).toBe(text)
  })

  test('has a way back for every piece: replacing nothing changes nothing, and letters are cut exactly', () => {
    const bits = fc.constantFrom(
      '<b>',
      '</b>',
      '<br>',
      '<p>',
      '&gt;',
      '&NotEqualTilde;',
      'x',
      'yy',
      '\n',
      '<script>',
      '</script>',
    )
    fc.assert(
      fc.property(fc.array(bits), fc.array(bits), (before, after) => {
        const source = `${before.join('')}<i>MA<br>RK</i>${after.join('')}`
        const run = htmlRun(source)
        expect(replaceIn(run, [])).toBe(source)
        const start = run.text.indexOf('MA\nRK')
        fc.pre(start >= 0)
        expect(replaceIn(run, [{ start, end: start + 5, opened: '<' }])).toBe(source.replace('MA<br>RK', '&lt;'))
      }),
    )
  })

  test('is escaped so that it reads as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', 'amp;', 'b', '"') }), (text) => {
        expect(htmlRun(escapeHtml(text)).text).toBe(text)
      }),
    )
  })
})

describe('a page that does nothing', () => {
  const bits = fc.constantFrom(
    ...[
      '<',
      '>',
      '/',
      '"',
      "'",
      '=',
      ' ',
      '&lt;',
      '&quot;',
      '&#x3c;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '\0',
      'x',
    ],
    ...[
      '<p ',
      '<p>',
      '</p>',
      '<style>',
      '</style>',
      '<script>',
      '</script>',
      '<title>',
      '</title>',
      '<svg>',
      '<textarea>',
    ],
    ...[
      '<img src=',
      'onerror=',
      'style=',
      'href=',
      'javascript:',
      'data:image/png,',
      '<br/>',
      '<title/>',
      '<base ',
      '\ud800',
    ],
  )

  test('is made of harmless tags with quoted attributes, and of nothing else, whatever it is made from', () => {
    const harmlessTag =
      /<\/?(?:p|br|img|title|pre|style)(?: (?:class|dir|id|lang|style|title|href|src|alt)="[^"<>]*")*>/g
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), (parts) => {
        const made = inertHtml(parts.join(''))
        expect(made.replace(harmlessTag, '')).not.toMatch(/[<\0]|[\ud800-\udfff]/)
        expect(made).not.toMatch(/<[^>]*(?:href="(?!https?:|mailto:)|src="(?!data:image))/)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    [
      '<p onclick="x()" class=a style="color: red" TITLE=\'"<b>\'>',
      '<p class="a" style="color: red" title="&quot;&lt;b&gt;">',
    ],
    ['<a href="https://a.example/?a=1&amp;b">a</a>', '<a href="https://a.example/?a=1&amp;b">a</a>'],
    ['<a href=" java\tscript:x()">a</a><a href=/b>', '<a>a</a><a>'],
    [
      '<img src="data:image/png;base64,AA"><img src="data:text/html,x"><img src=x alt=y>',
      '<img src="data:image/png;base64,AA"><img><img alt="y">',
    ],
    ['<style>a > b { } </ x <!-- </style>', '<style>a > b { } \\3c / x \\3c !-- </style>'],
    ['<textarea><p></textarea><form><input></form>', '<pre>&lt;p&gt;</pre><div></div>'],
    ['<title>a <b> c', '<title>a &lt;b&gt; c</title>'],
    ['<style>a', '<style>a</style>'],
    ['<div class=a class=b>', '<div class="a">'],
    ['<script>x</script><svg><text>y</text></svg>', 'y'],
  ])('keeps of %s what is harmless', (source, made) => {
    expect(inertHtml(source)).toBe(made)
  })

  test('has the policy and the encoding before all that others wrote', () => {
    const page = Buffer.from(inertPage([inertHtml('<title>x</title>')]))
    expect(page.subarray(0, 1024).toString()).toMatch(
      /^<!doctype html>\n<html><head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;[^"]*">/,
    )
  })
})

describe('plain text', () => {
  test('has texts put in at every place, and stays as it is elsewhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ minLength: 1, maxLength: 5 }))),
        (parts) => {
          const source = parts.map(([between, taken]) => between + taken).join('')
          let at = 0
          const places = parts.map(([between, taken]) => {
            const start = at + between.length
            at = start + taken.length
            return { start, end: at, opened: taken.toUpperCase() }
          })
          expect(replaceIn(plainRun(source), places)).toBe(
            parts.map(([between, taken]) => between + taken.toUpperCase()).join(''),
          )
        },
      ),
    )
  })

  test('that goes to a terminal has nothing in it that a terminal obeys', () => {
    expect(harmless('a\tb\r\nc\u001b[2J\u0007\u009b\u007f\rd é🗝')).toBe('a\tb\nc␛[2J␇<U+009B>␡␍d é🗝')
    expect(harmless('x\u202ey\u2066z\u200f\u061c\u2028')).toBe('x<U+202E>y<U+2066>z<U+200F><U+061C><U+2028>')
    expect(visible('a name\nfieldseal: a backup, whole\t')).toBe('a name␊fieldseal: a backup, whole␉')
  })
})
