// Makes every exported function of these rooms ask first whether it is to do nothing, for test/unnoticed.mjs. It runs on JavaScript,
// behind all other plugins, in unit tests and in a build of its own; what ships and what other tests run has none of it.

import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rooms = /^src\/(page|frames|ui)\/.*\.tsx?$/

/** Set where everything runs with this plugin. */
export const isNulling = process.env.FIELDSEAL_NULLING !== undefined

/** What the functions ask, with their name: 'src/ui/secrets/strength.ts duration'. It is missing where nothing is to be nulled. */
export interface Nulling {
  fieldsealNulled?: (name: string) => boolean
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

export interface Exported {
  readonly name: string
  readonly body: Node
}

const functions = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

/** The functions that a module exports where it declares them; of a program as the parsers of Vite give it. */
export function exportedFunctions(program: unknown): Exported[] {
  const { body } = program as { body: Node[] }
  return body.flatMap((statement) => {
    if (!/^Export(Named|Default)Declaration$/.test(statement.type)) return []
    const declared = statement.declaration as (Node & { declarations?: { id: Node; init: Node | null }[] }) | null
    if (declared === null || declared === undefined) return []
    const candidates = declared.declarations ?? [{ id: declared.id as Node | null, init: declared }]
    return candidates.flatMap(({ id, init }) => {
      const isFunction = init !== null && functions.includes(init.type) && init.body !== null
      return isFunction ? [{ name: String(id?.name ?? 'default'), body: init.body as Node }] : []
    })
  })
}

/** The code in which each of them returns nothing where it is told to. */
function asking(code: string, path: string, program: unknown): string {
  let changed = code
  for (const { name, body } of exportedFunctions(program).toReversed()) {
    const nulled = `globalThis.fieldsealNulled?.(${JSON.stringify(`${path} ${name}`)})`
    const [before, inside, after] = [
      changed.slice(0, body.start),
      code.slice(body.start, body.end),
      changed.slice(body.end),
    ]
    const made =
      body.type === 'BlockStatement'
        ? `{ if (${nulled}) return;${inside.slice(1)}`
        : `(${nulled} ? undefined : (${inside}))`
    changed = before + made + after
  }
  return changed
}

export function nulling(): Plugin {
  return {
    name: 'nulling',
    enforce: 'post',
    transform(code, id) {
      const path = relative(root, id.replace(/\?.*$/, '')).split(sep).join('/')
      if (!rooms.test(path)) return
      return { code: asking(code, path, this.parse(code)), map: null }
    },
  }
}
