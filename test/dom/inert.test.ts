// What `fieldseal open --replace` makes of a hostile page, a drawing or a mail is opened in the real browsers, with an opened text
// in it: nothing runs, and nothing is asked for. Whatever runs or loads asks a server on loopback for something.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decodeText } from '../../src/cli/formats/decoding.ts'
import { pageRun } from '../../src/cli/formats/html.ts'
import { inertPage } from '../../src/cli/formats/inert.ts'
import { replaceIn } from '../../src/cli/formats/runs.ts'
import { sealText } from '../../src/crypto/text.ts'
import { newestPersonal } from '../../src/keyring/circles.ts'
import { backupOf, fieldseal, folder, makeVault, withPassword } from '../cli/program.ts'
import { launch } from '../e2e/browsers.ts'
import { quickBuildFor } from '../e2e/quick.ts'
import { kinds, type Session, waitFor } from '../e2e/session.ts'
import { watched } from '../e2e/watched.ts'

const files = folder()
const plaintext = 'The key is under the mat.'
/** Stands for a sealed text in what is not made by the program. */
const place = 'SEALED'

/** Pages that act at once when they are opened as they are. `S` is the server. */
const acting: readonly string[] = [
  `<script>new Image().src = 'S/ran'</script>`,
  `<script src="S/script.js"></script>`,
  `<img src=x: onerror="new Image().src = 'S/ran'">`,
  `<svg onload="new Image().src = 'S/ran'"></svg>`,
  `<img src="S/picture">`,
  `<iframe src="S/frame"></iframe>`,
  `<iframe srcdoc="<img src=S/framed>"></iframe>`,
  `<iframe src="javascript:void(new Image().src='S/ran')"></iframe>`,
  `<object data="S/object"></object>`,
  `<embed src="S/embed">`,
  `<link rel="stylesheet" href="S/sheet">`,
  `<video autoplay src="S/video"></video><audio preload=auto src="S/audio"></audio>`,
  `<base href="S/"><img src="based">`,
  `<input type="image" src="S/button">`,
  `<table background="S/background"><tr><td>x</table>`,
  `<svg><image href="S/drawn"/></svg>`,
  `<picture><source srcset="S/source"><img alt=x></picture>`,
]

/** Style is kept: these act where the policy is taken out. */
const styled: readonly string[] = [
  `<style>@import url(S/import);</style>`,
  `<style>body { background: url(S/body) }</style>`,
  `<p style="background: url('S/inline')">x</p>`,
  `<style>@font-face { font-family: f; src: url(S/font) } p { font: 1em f }</style><p>x</p>`,
  `<ul style="list-style-image: url(S/mark)"><li>x</ul>`,
  `<style>p::before { content: url(S/content) }</style><p>x</p>`,
  `<p style="background: image-set(url(S/set) 1x)">x</p>`,
  String.raw`<p style="background: \75 rl(S/escaped)">x</p>`,
  `<p style="mask-image: url(S/mask)">x</p>`,
  `<p style="border: 9px solid; border-image: url(S/border) 1">x</p>`,
]

const script = `<script>new Image().src = 'S/ran'</script>`
const image = `<img src=x: onerror="new Image().src='S/ran'">`
/** Where parsers are known to differ, or to change their mind when they read once more what they have written. */
const confusing: readonly string[] = [
  `<noscript><p title="</noscript>${image.replaceAll('"', '&quot;')}">`,
  `<noscript><style></noscript>${image}`,
  `<template>${image}</template><template><style></template>${image}`,
  `<plaintext>${script}`,
  `<xmp></xmp>${image}<xmp>`,
  `<textarea><p title="</textarea>${image}"></textarea>`,
  `<title><p title='</title>${image}'></title>`,
  `<style><p title="</style>${image}"></style>`,
  `<style>a{}</style ${image}`,
  `<style><!--</style>${image}--></style>`,
  `<style/>${image}</style>`,
  `<script><!--<script></script>${image}--></script>`,
  `<script/>${script}</script>`,
  `<!-->${image}-->`,
  `<!--->${image}-->`,
  `<!--x--!>${image}-->`,
  `<![CDATA[><img src=x: onerror=new(Image)().src='S/ran'>]]>`,
  `<svg><![CDATA[><img src=x: onerror=new(Image)().src='S/ran'>]]></svg>`,
  `<svg><style>&lt;/style>${image}</style></svg>`,
  `<svg></p><style><a id="</style>${image}">`,
  `<svg><script href="S/script.js"/><script>new Image().src='S/ran'</script></svg>`,
  `<svg><a><animate attributeName=href values="javascript:alert(1)"/><text>x</text></a><set attributeName=onload to="x"/></svg>`,
  `<svg><foreignObject>${image}<iframe src="S/frame"></iframe></foreignObject><use href="S/use#a"/></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;${image.replaceAll('"', "'")}">`,
  `<math><annotation-xml encoding="text/html">${script}</annotation-xml></math>`,
  `<form><math><mtext></form><form><mglyph><style></math>${image}`,
  `<p title="a\u0000b" on\u0000load=x><scr\u0000ipt>new Image().src='S/ran'</scr\u0000ipt>\u0000${script}`,
  `<p/onclick=x/title='>${image}'>`,
  `<p title=\`>${image}\`>`,
  `<p x="'"'>${image}'>`,
  `<a href="java\tscript:x()">a</a><a href=" javascript:x()">b</a><a href="&#106;avascript:x()">c</a><a href="data:text/html,${script}">d</a>`,
  `<a href="S/ping" ping="S/ping" target=x>e</a><link rel=preload as=image href="S/preload"><link rel=prefetch href="S/prefetch"><link rel=dns-prefetch href="S"><link rel=modulepreload href="S/script.js">`,
  `<meta http-equiv="Content-Security-Policy" content="script-src *"><meta charset="utf-7">+ADw-script+AD4-new Image().src='S/ran'+ADw-/script+AD4-`,
  `<meta charset="iso-2022-jp"><p title="\u001b$B">\u001b(B${image}`,
  `<?xml version="1.0"?><?xml-stylesheet href="S/sheet"?><!DOCTYPE html [<!ENTITY x "${script}">]><html xmlns="http://www.w3.org/1999/xhtml"><script>//<![CDATA[\nnew Image().src='S/ran'\n//]]></script>&x;</html>`,
  `<x:script xmlns:x="http://www.w3.org/1999/xhtml">new Image().src='S/ran'</x:script>`,
  `<frameset><frame src="S/frame"></frameset>`,
  `<select><style></select>${image}</style></select>`,
  `<table><style></table>${image}</style>`,
  `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cscript%3Enew Image().src='S/ran'%3C/script%3E%3Cimage href='S/drawn'/%3E%3C/svg%3E">`,
  `<input autofocus onfocus="new Image().src='S/ran'"><details open ontoggle="new Image().src='S/ran'"><marquee onstart="new Image().src='S/ran'">x</marquee>`,
  `<dialog open><form action="S/form"><button formaction="S/form">x</button></form></dialog><portal src="S/portal"></portal><fencedframe src="S/f"></fencedframe>`,
]

describe.each(kinds)('in %s', (kind) => {
  let session: Session
  let page: Page
  let server: Server
  let sealed: string
  let backup: string
  beforeAll(async () => {
    server = await countingServer()
    session = await launch(kind, { extension: await watched(quickBuildFor(kind)) })
    page = await session.newPage(`${server.origin}/begin`)
    const vault = await makeVault()
    backup = files.put('vault.backup', backupOf(vault))
    sealed = await sealText(newestPersonal(vault.body), { text: plaintext, minutes: 1, origin: null })
  })
  afterAll(async () => {
    await session?.close()
    await server?.close()
  })

  /** Every source asks for paths of its own, by which it is known: those that begin with its number. */
  const at = (source: string, number = 0) => source.replaceAll(/\bS(?=[/"])/g, `${server.origin}/${number}`)

  const show = async (name: string, html: string) => {
    const path = files.put(`${kind}-${name}.html`, html)
    await page.goto(pathToFileURL(path).href)
  }

  /** Shows a page with an opened text in it, until it is drawn. */
  const showOpened = async (name: string, html: string) => {
    await show(name, html)
    const body = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return document.body.innerText
    })
    expect(body).toContain(plaintext)
  }

  /** What all pages that were shown have asked for by now. */
  const asked = async () => {
    await page.goto(`${server.origin}/end`)
    const all = server.asked.splice(0)
    return all.slice(0, all.indexOf('/end'))
  }

  const waitForAll = (sources: readonly string[]) =>
    waitFor('each of them to act', async () => {
      const lacking = sources.filter((_, number) => !server.asked.some((url) => url.startsWith(`/${number}/`)))
      if (lacking.length > 0) throw new Error(`these did not: ${lacking.join('\n')}`)
      return true
    })

  /** As --replace makes it, of a source in which `place` is a sealed text. */
  const inert = (source: string) => {
    const run = pageRun(decodeText(Buffer.from(source)))
    const start = run.text.lastIndexOf(place)
    return inertPage([replaceIn(run, [{ start, end: start + place.length, opened: plaintext }])])
  }

  beforeEach(() => {
    server.asked.length = 0
  })

  test('what acts in a page by itself does nothing beside an opened text', async () => {
    const all = acting.map(at).join('\n')
    await show('acts', `<!doctype html><meta charset="utf-8">${all}`)
    await waitForAll(acting)
    await asked()
    await showOpened('inert', inert(`<html><head></head><body>${all}<p>${place}</p>`))
    expect(await strangeIn(page)).toEqual([])
    expect(await asked()).toEqual([])
  })

  test('nor does a page that sends its visitor elsewhere', async () => {
    const refresh = at('<meta http-equiv="refresh" content="0;url=S/refresh">')
    await showOpened('refresh', inert(`${refresh}<p>${place}</p>`))
    expect(await asked()).toEqual([])
    await show('refreshed', refresh).catch(() => undefined)
    await waitForAll([refresh])
    await waitFor('the page to be there', () => page.url().endsWith('/refresh'))
  })

  test('style asks for nothing, by the policy alone', async () => {
    const made = inert(`${styled.map(at).join('\n')}<p>${place}</p>`)
    await showOpened('styled', made)
    expect(await asked()).toEqual([])
    const free = made.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    expect(free).not.toBe(made)
    // Firefox keeps what came of a style sheet with the same text.
    await show('free', free.replaceAll('</style>', '/**/</style>'))
    await waitForAll(styled)
  })

  test('no page that parsers take differently does anything', async () => {
    const pages = confusing.map((source, number) => inert(`<p>${place}</p>${at(source, number)}`))
    for (const [number, made] of pages.entries()) {
      await showOpened('confusing', made)
      expect(await strangeIn(page), confusing[number]).toEqual([])
    }
    expect(await asked()).toEqual([])
  })

  test('nor does what the program makes of a page in UTF-16, a drawing, or a mail', async () => {
    const all = [...acting, ...styled, ...confusing.slice(0, 3)].map((source) => at(source)).join('\n')
    const mail = `From: a@example.org\nTo: <img src=x: onerror=x()>\nContent-Type: text/html; charset=utf-8\n\n<p>${sealed}</p>${all}`
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="new Image().src='${server.origin}/ran'"><text>${sealed}</text><script href="${server.origin}/script.js"/></svg>`
    for (const path of [
      files.put('wide.html', Buffer.from(`\ufeff<p>${sealed}</p>${all}`, 'utf16le')),
      files.put('mail.eml', mail),
      files.put('drawing.svg', drawing),
    ]) {
      const ran = await fieldseal(['open', '-b', backup, ...withPassword, '--replace', path])
      expect(ran).toMatchObject({ code: 0, err: '' })
      await showOpened('program', ran.out)
      expect(await strangeIn(page), path).toEqual([])
    }
    expect(await asked()).toEqual([])
  })
})

/** What a browser finds in a page that should not be in it, as it parses it: elements and attributes that act. */
function strangeIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const own = 'head > meta'
    return Array.from(document.querySelectorAll('*')).flatMap((element) => {
      const name = element.localName
      const acts =
        element.namespaceURI !== 'http://www.w3.org/1999/xhtml' ||
        /^(script|iframe|frame|frameset|object|embed|form|input|button|base|link|template|noscript|svg|math)$/.test(
          name,
        ) ||
        (name === 'meta' && !element.matches(own))
      const attributes = element.matches(own)
        ? []
        : Array.from(element.attributes, (attribute) => attribute).filter(
            (attribute) =>
              /^on|^(ping|srcdoc|srcset|action|formaction|background|http-equiv|xlink:href)$/.test(attribute.name) ||
              (attribute.name === 'src' && !attribute.value.startsWith('data:image/')) ||
              (attribute.name === 'href' && !/^(https?|mailto):/.test(attribute.value)),
          )
      return [...(acts ? [name] : []), ...attributes.map((attribute) => `${name} ${attribute.name}`)]
    })
  })
}

interface Server {
  readonly origin: string
  readonly asked: string[]
  close(): Promise<void>
}

/** Answers everything, and keeps what was asked for. */
async function countingServer(): Promise<Server> {
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    if (url !== '/favicon.ico') asked.push(url)
    const type = url === '/script.js' ? 'text/javascript' : url === '/sheet' ? 'text/css' : 'text/html'
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
    response.end(url === '/script.js' ? "new Image().src = '/ran'" : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
