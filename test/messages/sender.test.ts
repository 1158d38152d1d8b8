// Who a message is from. Each refusal starts from a sender that is accepted and differs from it in one thing.

import { describe, expect, test } from 'vitest'
import { roles } from '../../src/messages/entry.ts'
import { callerOf, ownOrigin, type Sender } from '../../src/messages/sender.ts'
import { extension, senders, site } from './senders.ts'

const { popup, composer, reader, content } = senders
/** What the browser says of an ordinary tab whose address it keeps to itself. */
const where = { documentId: null, tabUrl: null, inPrivate: false }
const peerOf = (sender: Sender) => callerOf(sender)?.role ?? null

describe('who speaks', () => {
  test.each(roles)('%s is known by the browser’s word', (peer) => {
    expect(peerOf(senders[peer])).toBe(peer)
  })

  test('our origin is that of our pages', () => {
    expect(ownOrigin()).toBe(extension)
  })

  test('is known to be in a private window by the browser’s word, and of which page its tab is', () => {
    const tab = { id: 7, url: `${site}/today`, incognito: true }
    expect(callerOf({ ...content, tab })).toMatchObject({ tabUrl: `${site}/today`, inPrivate: true })
  })

  test('is known with tab, frame, document and origin, and the toolbar popup without a tab', () => {
    const known = { ...where, documentId: 'D1' }
    expect(callerOf(content)).toEqual({ role: 'content', tabId: 7, frameId: 0, origin: site, ...known })
    expect(callerOf(reader)).toEqual({ role: 'reader', tabId: 7, frameId: 3, origin: extension, ...where })
    expect(callerOf(popup)).toEqual({ role: 'popup', tabId: null, frameId: 0, origin: extension, ...where })
  })

  test('is a window of ours with any query and hash', () => {
    for (const tail of ['', '?a=b', '#c', '?/reader.html', '#/options.html', '?a\n#/reader.html'])
      expect(peerOf({ ...composer, url: `${extension}/composer.html${tail}` })).toBe('composer')
    expect(peerOf({ ...popup, url: `${extension}/popup.html?x#unlock`, tab: { id: 4 }, frameId: 0 })).toBe('popup')
  })

  test('is content for every frame of a web page, also one the page made of nothing', () => {
    expect(peerOf({ ...content, frameId: 5 })).toBe('content')
    expect(peerOf({ ...content, url: 'about:blank', frameId: 5 })).toBe('content')
    expect(peerOf({ ...content, url: 'about:srcdoc', frameId: 5 })).toBe('content')
    expect(callerOf({ ...content, origin: 'http://127.0.0.1:8080' })?.origin).toBe('http://127.0.0.1:8080')
  })

  test('is content, and no more, on a web page whose address holds ours', () => {
    for (const url of [
      `${site}/${extension}/popup.html`,
      `${site}/?${extension}/options.html`,
      `${site}/popup.html`,
      `${extension}/popup.html`,
    ])
      expect(peerOf({ ...content, url })).toBe('content')
    expect(peerOf({ ...content, origin: `${extension}.example` })).toBeNull()
    expect(peerOf({ ...content, origin: `https://${extension}` })).toBe('content')
  })
})

describe('nobody', () => {
  test.each(roles)('is who speaks as %s from another extension, or from none', (peer) => {
    expect(peerOf({ ...senders[peer], id: 'another-extension' })).toBeNull()
    expect(peerOf({ ...senders[peer], id: undefined })).toBeNull()
  })

  test.each(roles)('is who speaks as %s with an opaque origin, or with none, or without an address', (peer) => {
    expect(peerOf({ ...senders[peer], origin: 'null' })).toBeNull()
    expect(peerOf({ ...senders[peer], origin: undefined })).toBeNull()
    expect(peerOf({ ...senders[peer], url: undefined })).toBeNull()
  })

  test('is a window of ours inside a frame', () => {
    for (const peer of ['popup', 'onboarding', 'options', 'composer'] as const)
      expect(peerOf({ ...senders[peer], frameId: 2, tab: { id: 7 } })).toBeNull()
  })

  test('is a reader that stands at the top of a tab, or in none', () => {
    expect(peerOf({ ...reader, frameId: 0 })).toBeNull()
    expect(peerOf({ ...reader, frameId: undefined })).toBeNull()
    expect(peerOf({ ...reader, tab: undefined })).toBeNull()
    expect(peerOf({ ...reader, tab: {} })).toBeNull()
  })

  test('is the document for the clipboard, opened in a tab or a frame', () => {
    expect(peerOf({ ...senders.clipboard, tab: { id: 7 } })).toBeNull()
    expect(peerOf({ ...senders.clipboard, tab: { id: 7 }, frameId: 3 })).toBeNull()
  })

  test('is a page of ours that is not on the list', () => {
    for (const path of [
      '',
      'reader.htm',
      'reader.html/',
      '/reader.html',
      'x/reader.html',
      'popup.html/../reader.html',
      'readerXhtml',
      'background.js',
      'READER.html',
      '%72eader.html',
      '__proto__',
      'constructor',
    ])
      expect(peerOf({ ...reader, url: `${extension}/${path}` }), path).toBeNull()
  })

  test('is our origin with an address that is another’s', () => {
    for (const url of [`${site}/popup.html`, `${extension}.example/popup.html`, 'about:blank', `blob:${extension}/1`])
      for (const sender of [popup, reader]) expect(peerOf({ ...sender, url }), url).toBeNull()
    // As long as our origin is, so that what follows stands where the path of ours would.
    const asLong = `${site}/`.padEnd(extension.length, 'x')
    expect(peerOf({ ...popup, url: `${asLong}/popup.html` })).toBeNull()
    expect(peerOf({ ...reader, url: `${asLong}/reader.html` })).toBeNull()
  })

  test('is a page that is neither ours nor of the web, or a web page in no tab', () => {
    for (const origin of [
      'file://',
      'moz-extension://x',
      'chrome-extension://another',
      'chrome://settings',
      'ftp://a.example',
    ])
      expect(peerOf({ ...content, origin }), origin).toBeNull()
    expect(peerOf({ ...content, tab: undefined })).toBeNull()
  })

  test('is a reader’s frame with a query that names another page', () => {
    expect(peerOf({ ...reader, url: `${extension}/reader.html?/popup.html` })).toBe('reader')
    expect(peerOf({ ...reader, frameId: 0, url: `${extension}/reader.html?/popup.html#/popup.html` })).toBeNull()
  })
})
