// Collects what pages complain about, so that a test can say that nothing did.

import type { Page } from 'puppeteer-core'

const watched = new WeakSet<Page>()

export function watchPage(page: Page, own: string, problems: string[], pageProblems: string[]): void {
  if (watched.has(page)) return
  watched.add(page)
  const add = (text: string, from: string) => (from.startsWith(own) ? problems : pageProblems).push(`${from}: ${text}`)
  page.on('pageerror', (thrown) => {
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    add(stack, stack.includes(own) ? own : page.url())
  })
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warn') return
    add(`${message.type()}: ${message.text()}`, message.location().url ?? page.url())
  })
}
