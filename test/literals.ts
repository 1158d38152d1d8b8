// The string literals of a source file, found by parsing it, each with what it stands in.

import { parseSync } from 'vite'

export interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

export interface StringLiteral {
  /** Of a template: with `…` for each value in it. Of text in an element: without the space around it. */
  readonly text: string
  readonly line: number
  /** The type of the syntax node: `Literal`, `TemplateLiteral` or `JSXText`. */
  readonly type: string
  /** What it stands in, the innermost first. */
  readonly within: readonly Node[]
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** Literals in types, and what modules are called, are left out. `path` tells the language. */
export function literalsIn(path: string, code: string): StringLiteral[] {
  const { program, errors } = parseSync(path, code)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const found: StringLiteral[] = []
  const visit = (node: Node, within: readonly Node[]) => {
    if (/^TS.*(Type|Interface)/.test(node.type)) return
    const text = textOf(node)
    if (text !== null && text !== '')
      found.push({ text, line: code.slice(0, node.start).split('\n').length, type: node.type, within })
    for (const [field, value] of Object.entries(node)) {
      if (field === 'source') continue
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, [node, ...within])
    }
  }
  visit(program as unknown as Node, [])
  return found
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type === 'JSXText') return String(node.value).replace(/\s+/g, ' ').trim()
  if (node.type !== 'TemplateLiteral') return null
  return (node.quasis as { value: { cooked: string | null } }[]).map(({ value }) => value.cooked ?? '').join('…')
}

/** The name of what is called or made by the node, of a member its last part; else null. */
export function calleeOf(node: Node | undefined): string | null {
  if (node?.type !== 'CallExpression' && node?.type !== 'NewExpression') return null
  const callee = node.callee as Node
  const name = callee.type === 'MemberExpression' ? (callee.property as Node) : callee
  return typeof name.name === 'string' ? name.name : null
}

/** The name with which a call begins: `test` of `test.each(…)('…')`; else null. */
export function rootOf(node: Node): string | null {
  if (node.type === 'Identifier') return String(node.name)
  const next = node.callee ?? node.object
  return isNode(next) ? rootOf(next) : null
}

/** Of an attribute of an element, its name; else null. */
export const attributeOf = (node: Node): string | null =>
  node.type === 'JSXAttribute' ? String((node.name as { name: unknown }).name) : null
