// What is wrong with how a document of ours stands in a language that is longer than English and written from right to left
// (test/pseudo.ts). The functions run in the page.

import type { Page } from 'puppeteer-core'
import { until } from './until.ts'

/** Runs in a page. What is wrong there, one a line. */
function faultsInPage(): string[] {
  const found: string[] = []
  const root = document.documentElement
  const told = (element: Element) => {
    const name = element.className && typeof element.className === 'string' ? `.${element.className.trim()}` : ''
    return `<${element.localName}${name.replaceAll(/\s+/g, '.')}> “${(element.textContent ?? '').trim().slice(0, 80)}”`
  }
  const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true })

  // Letters of English in what is not from elsewhere: a secret, a key, what others have written.
  const foreign = 'bdi, .cue, .letters, .sheet-key, .passphrase, kbd, code, textarea, svg, script, style, time'
  const isEnglish = (text: string) => /[a-z]/i.test(text.replaceAll(/sealed1\w+|https?:\S+/g, ''))
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    const parent = text.parentElement
    if (parent !== null && parent.closest(foreign) === null && isEnglish(text.nodeValue ?? ''))
      found.push(`not from the catalogue: ${text.nodeValue}`)
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`body [${name}]`))
      if (isEnglish(element.getAttribute(name) ?? ''))
        found.push(`not from the catalogue: ${name}="${element.getAttribute(name)}"`)
  if (isEnglish(document.title)) found.push(`not from the catalogue: the title “${document.title}”`)

  if (root.dir !== 'rtl' || root.lang !== 'ar') found.push(`the document is dir="${root.dir}" lang="${root.lang}"`)
  if (root.scrollWidth > root.clientWidth + 1)
    found.push(`it scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`)

  const all = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (element) => shown(element) && element.closest('.unseen, svg, option') === null,
  )
  for (const element of all) {
    const style = getComputedStyle(element)
    if (element.matches('input, textarea, select, progress, meter, video')) continue
    if (style.display.startsWith('inline') === false || style.display === 'inline-block') {
      const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
      if ((cuts(style.overflowX) || style.textOverflow !== 'clip') && element.scrollWidth > element.clientWidth + 1)
        found.push(`cut off: ${told(element)}`)
      if (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
        found.push(`cut off below: ${told(element)}`)
    }
    // Firefox counts the space at which a line was broken, which hangs over.
    const slack = 8
    const box = element.getBoundingClientRect()
    if (style.display !== 'inline' && style.display !== 'contents')
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || (node.nodeValue ?? '').trim() === '') continue
        const range = document.createRange()
        range.selectNodeContents(node)
        for (const part of range.getClientRects()) {
          const out = part.left < box.left - slack || part.right > box.right + slack
          const tall = part.top < box.top - 4 || part.bottom > box.bottom + 4
          if (out || tall) found.push(`leaves its box: ${told(element)}`)
        }
      }
    if (element.matches('button')) {
      for (const field of element.parentElement?.querySelectorAll(':scope > input:not(.unseen)') ?? []) {
        const { left, right } = field.getBoundingClientRect()
        const { paddingLeft, paddingRight } = getComputedStyle(field)
        const overlap =
          Math.min(box.right, right - Number.parseFloat(paddingRight)) -
          Math.max(box.left, left + Number.parseFloat(paddingLeft))
        if (overlap > 1) found.push(`lies over what is typed: ${told(element)}`)
      }
    }
  }

  // From left to right everything has to stand as in a mirror.
  const isInline = (element: Element) => {
    const { display } = getComputedStyle(element)
    if (display === 'contents' || display === 'inline') return true
    return (
      display.startsWith('inline') &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.nodeValue ?? '').trim() !== '',
      )
    )
  }
  const blocks = all.filter(
    (element) => !element.matches('bdi, bdi *, .letters *, body [dir], body [dir] *') && !isInline(element),
  )
  const width = root.clientWidth
  const edges = blocks.map((element) => element.getBoundingClientRect())
  root.dir = 'ltr'
  const mirrored = blocks.map((element) => element.getBoundingClientRect())
  root.dir = 'rtl'
  for (const [index, element] of blocks.entries()) {
    const [one, other] = [edges[index], mirrored[index]]
    if (one === undefined || other === undefined) continue
    const off = Math.max(Math.abs(width - one.right - other.left), Math.abs(width - one.left - other.right))
    if (off > 2) {
      found.push(`not mirrored, by ${Math.round(off)} px: ${told(element)}`)
      break
    }
  }
  return [...new Set(found)]
}

/** What is wrong in a window of ours at these widths, or as wide as it is where none is given. */
export async function layoutFaults(page: Page, widths: readonly number[]): Promise<string[]> {
  if (widths.length === 0) return page.evaluate(faultsInPage)
  const found: string[] = []
  for (const width of widths) {
    await page.setViewport({ width, height: 800 })
    await until(page, `a width of ${width}`, (wanted) => innerWidth === wanted, [width])
    found.push(...(await page.evaluate(faultsInPage)).map((fault) => `${width} px: ${fault}`))
  }
  return found
}
