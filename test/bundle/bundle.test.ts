// The built extension has no way to the network, makes neither code nor markup from strings, and asks for no more
// permissions than are written here. What is loaded into every page is small.

import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { buildFor } from '../e2e/browsers.ts'
import { kinds } from '../e2e/session.ts'
import { inspectPage, inspectScript, inspectSheet } from './inspect.ts'

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types qr-decoder"

/** The most that a script may weigh that is brought into pages, gzipped, in bytes. */
const contentScriptAtMost = 20_000

/**
 * Preact can set markup from strings where it is asked to. Nothing asks it, and the policy of our pages would not let it
 * (test/e2e/policy.test.ts): it is in one chunk of theirs, so often as in the package, and in no script that comes into pages.
 */
const isOfPreact = (finding: string) => /^chunks\/[\w.-]+\.js: innerHTML$/.test(finding)
const markupInPreact =
  readFileSync(createRequire(import.meta.url).resolve('preact'), 'utf8').split('innerHTML').length - 1

const inspections = { js: inspectScript, html: inspectPage, css: inspectSheet }

describe.each(kinds)('what is built for %s', (kind) => {
  const folder = buildFor(kind)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')

  test.each(Object.entries(inspections))('holds nothing forbidden in any .%s file', (ending, inspect) => {
    const some = files.filter((path) => path.endsWith(`.${ending}`))
    expect(some.length).toBeGreaterThan(0)
    const found = some.flatMap((path) => inspect(read(path)).map((finding) => `${path}: ${finding}`))
    expect(found.filter((finding) => !isOfPreact(finding))).toEqual([])
    expect(found.length).toBeLessThanOrEqual(ending === 'js' ? markupInPreact : 0)
  })

  test('holds no other kind of file', () => {
    expect(files.filter((path) => !/\.(js|html|css|png|json)$/.test(path) && path.includes('.'))).toEqual([])
  })

  test.each(['page.js', 'fields.js', 'finder.js', 'readerFrame.js'])(
    'loads no more into pages than may be, in %s',
    (script) => {
      expect(gzipSync(read(script), { level: 9 }).length).toBeLessThanOrEqual(contentScriptAtMost)
    },
  )

  test('makes passwords at their full price, and knows nothing of the build for tests', () => {
    const background = read('background.js')
    expect(background.match(/memoryKiB:65536,iterations:3,parallelism:4/g)).toHaveLength(1)
    expect(background).not.toMatch(/["'`]e2e["'`]/)
  })

  test('counts for no test what is under way in it, and asks no test what it is to do', () => {
    expect(
      files.filter((path) => /\.(js|html)$/.test(path) && /fieldsealWork|watchWork|fieldsealNulled/.test(read(path))),
    ).toEqual([])
  })

  test('asks for these permissions and no others', () => {
    const manifest: Record<string, unknown> = JSON.parse(read('manifest.json'))
    const asked = Object.keys(manifest).filter((key) =>
      /permission|content_scripts|externally|sandbox|cross_origin/.test(key),
    )
    expect(asked.sort()).toEqual(['optional_host_permissions', 'optional_permissions', 'permissions'])
    expect(manifest.permissions).toEqual([
      'storage',
      'unlimitedStorage',
      'scripting',
      'activeTab',
      'contextMenus',
      'alarms',
      'idle',
    ])
    const offscreen = kind === 'firefox' ? [] : ['offscreen']
    expect(manifest.optional_permissions).toEqual(['clipboardRead', 'clipboardWrite', ...offscreen])
    expect(manifest.optional_host_permissions).toEqual(['*://*/*'])
    expect(manifest.content_security_policy).toEqual({ extension_pages: policy })
    const dynamic = kind === 'firefox' ? {} : { use_dynamic_url: true }
    expect(manifest.web_accessible_resources).toEqual([
      { resources: ['reader.html'], matches: ['*://*/*'], ...dynamic },
    ])
  })
})

describe('the inspection itself', () => {
  test.each([
    ['fetch("/x")', 'fetch'],
    ['globalThis.fetch', 'fetch'],
    ['self["fetch"]("/x")', "'fetch'"],
    ['const { fetch: get } = self', 'fetch'],
    ['const f = { fetch }', 'fetch'],
    ['new XMLHttpRequest()', 'XMLHttpRequest'],
    ['new WebSocket(address)', 'WebSocket'],
    ['new EventSource(address)', 'EventSource'],
    ['navigator.sendBeacon(address)', 'sendBeacon'],
    ['eval(code)', 'eval'],
    ['importScripts(address)', 'importScripts'],
    ['new Function("return 1")', 'Function constructor'],
    ['Function("return 1")()', 'Function constructor'],
    ['element.innerHTML = text', 'innerHTML'],
    ['element.outerHTML = text', 'outerHTML'],
    ['element.insertAdjacentHTML("beforeend", text)', 'insertAdjacentHTML'],
    ['document.write(text)', 'document.write'],
    ['const a = "https://example.com/x"', 'remote address https://example.com/x'],
    ['const a = `wss://$'.concat('{host}/`, b = `see ws://example.com`'), 'remote address see ws://example.com'],
    ['import("https://example.com/x.js")', 'remote address https://example.com/x.js'],
    ['class A { #fetch = 1; fetch() {} }', 'fetch'],
    ['(', 'does not parse'],
  ])('finds what is wrong in %s', (code, finding) => {
    expect(inspectScript(code).join('\n')).toContain(finding)
  })

  test.each([
    '// fetch("https://example.com")',
    '/*! Licence: https://example.com/licence */ let a = 1',
    'document.createElementNS("http://www.w3.org/2000/svg", "svg")',
    'const api = { inspectedWindow: { eval: { minArgs: 1 } } }',
    'const pattern = "https://*/*"',
    'url.startsWith("https://")',
    'if (value instanceof Function) value()',
    'const text = "fetch the letters"',
  ])('finds nothing wrong in %s', (code) => {
    expect(inspectScript(code)).toEqual([])
  })

  test.each([
    ['<script>let a</script>', 'inline script'],
    ['<style>a{}</style>', 'inline style'],
    ['<p style="color:red">', 'style attribute'],
    ['<p onclick="go()">', 'event attribute'],
    ['<script src="https://example.com/x.js"></script>', 'remote address https://example.com/x.js'],
    ['<link rel=stylesheet href=//example.com/x.css>', 'remote address //example.com/x.css'],
  ])('finds what is wrong in the page %s', (html, finding) => {
    expect(inspectPage(html)).toContain(finding)
  })

  test('finds what is wrong in a style sheet', () => {
    expect(inspectSheet('a{background:url(https://example.com/x.png)}')).toEqual(['remote address'])
    expect(inspectSheet('@import "/x.css"; a{}')).toEqual(['@import'])
    expect(inspectSheet('a{color:red}/* https://example.com */')).toEqual([])
  })
})
