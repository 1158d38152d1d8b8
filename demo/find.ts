// Finds the browsers of this machine, on Linux, macOS and Windows.

import { existsSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import type { Kind } from '../test/e2e/session.ts'

export interface Found {
  readonly name: string
  readonly kind: Kind
  readonly path: string
}

interface Known {
  readonly kind: Kind
  /** Program names on Linux, looked up in PATH. */
  readonly linux: readonly string[]
  /** The program inside /Applications. */
  readonly mac: string
  /** The program inside one of the folders for programs. */
  readonly windows: string
}

const known: Readonly<Record<string, Known>> = {
  chrome: {
    kind: 'chromium',
    linux: ['google-chrome-stable', 'google-chrome'],
    mac: 'Google Chrome.app/Contents/MacOS/Google Chrome',
    windows: 'Google\\Chrome\\Application\\chrome.exe',
  },
  chromium: {
    kind: 'chromium',
    linux: ['chromium', 'chromium-browser'],
    mac: 'Chromium.app/Contents/MacOS/Chromium',
    windows: 'Chromium\\Application\\chrome.exe',
  },
  edge: {
    kind: 'chromium',
    linux: ['microsoft-edge-stable', 'microsoft-edge'],
    mac: 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    windows: 'Microsoft\\Edge\\Application\\msedge.exe',
  },
  brave: {
    kind: 'chromium',
    linux: ['brave-browser', 'brave'],
    mac: 'Brave Browser.app/Contents/MacOS/Brave Browser',
    windows: 'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  },
  firefox: {
    kind: 'firefox',
    linux: ['firefox', 'firefox-esr'],
    mac: 'Firefox.app/Contents/MacOS/firefox',
    windows: 'Mozilla Firefox\\firefox.exe',
  },
}

export const names = Object.keys(known)

function placesOf({ linux, mac, windows }: Known): string[] {
  const { PATH = '', HOME = '', PROGRAMFILES = '', LOCALAPPDATA = '' } = process.env
  if (process.platform === 'darwin') return ['/Applications', join(HOME, 'Applications')].map((each) => join(each, mac))
  if (process.platform === 'win32') {
    const folders = [PROGRAMFILES, process.env['PROGRAMFILES(X86)'] ?? '', LOCALAPPDATA]
    return folders.filter((folder) => folder !== '').map((folder) => join(folder, windows))
  }
  return linux.flatMap((program) => PATH.split(delimiter).map((folder) => join(folder, program)))
}

/** Every known browser that is here, the likeliest first. */
export function findBrowsers(): Found[] {
  return Object.entries(known).flatMap(([name, each]) => {
    const path = placesOf(each).find((place) => existsSync(place))
    return path === undefined ? [] : [{ name, kind: each.kind, path }]
  })
}

/** The browser that was asked for by name or by the path of its program. */
export function findBrowser(asked: string): Found | null {
  const found = findBrowsers().find(({ name }) => name === asked)
  if (found !== undefined) return found
  if (names.includes(asked) || !existsSync(asked)) return null
  return { name: basename(asked), kind: /firefox/i.test(basename(asked)) ? 'firefox' : 'chromium', path: asked }
}
