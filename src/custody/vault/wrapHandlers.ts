// What is asked of all handlers alike, by their entries: of those of requests, and of those of transfers, which have several steps.

import type { Entry } from '../../messages/entry.ts'
import { protocol, transfers } from '../../messages/protocol.ts'

export type Handle = (...args: unknown[]) => Promise<unknown>

/** What `wrap` goes by. */
type Rule = Pick<Entry, 'activity' | 'proof'>

const rules: Readonly<Record<string, Rule>> = protocol
const transferRules: Readonly<Record<string, Rule>> = transfers

/** The same handlers of requests, by name, each as `wrap` makes it. */
export function wrapHandlers<H extends object>(handlers: H, wrap: (rule: Rule, handle: Handle) => Handle): H {
  return mapped(handlers, (name, handle) => wrap(ruleOf(rules, name), handle as Handle))
}

/** The same handlers of transfers, by name, each of their steps as `wrap` makes it. */
export function wrapTransferHandlers<H extends object>(handlers: H, wrap: (rule: Rule, handle: Handle) => Handle): H {
  return mapped(handlers, (name, steps) =>
    mapped(steps as object, (_step, handle) => wrap(ruleOf(transferRules, name), handle as Handle)),
  )
}

function ruleOf(of: Readonly<Record<string, Rule>>, name: string): Rule {
  const rule = of[name]
  if (rule === undefined) throw new TypeError(`expected an entry, got ${name}`)
  return rule
}

function mapped<T extends object>(all: T, change: (name: string, value: unknown) => unknown): T {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(name, value)])) as T
}
