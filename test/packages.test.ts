// What is installed is what the lock file names: no install script runs, no version is chosen on the day, and the lock file is
// whole for every system.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { filesIn, root } from './files.ts'
import pages from './pages/package.json' with { type: 'json' }
import pagesTypes from './pages/tsconfig.json' with { type: 'json' }
import nodeTypes from './worlds/node.json' with { type: 'json' }

interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  /** Set for the link to a workspace. */
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const versions = [
  manifest.dependencies,
  manifest.devDependencies,
  manifest.optionalDependencies,
  pages.devDependencies,
].flatMap((each) => Object.entries(each))

const locked: Readonly<Record<string, Locked>> = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
).packages

/** Where a package finds another: beside it, or beside whatever it lies in. */
function resolve(from: string, name: string): Locked | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('node_modules/') - 1, 0))) {
    const found = locked[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]
    if (found !== undefined || folder === '') return found
  }
}

test('the lock file names every package with its hash, also those for other systems', () => {
  const lacking = Object.entries(locked).flatMap(([path, { dependencies, devDependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      (name) => resolve(path, name) === undefined,
    ),
  )
  expect(lacking).toEqual([])
  const unhashed = Object.entries(locked).filter(([, { integrity, link }]) => integrity === undefined && !link)
  expect(unhashed.map(([path]) => path)).toEqual(['', ...manifest.workspaces])
})

test('every version is exact', () => {
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

test('every package is named once: by the root, or by the pages', () => {
  const names = versions.map(([name]) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(manifest.workspaces).toEqual(['test/pages'])
})

test('what imports from the pages has its types checked with their packages', () => {
  const importers = filesIn(['test'], /\.tsx?$/)
    .filter((path) => !path.startsWith('test/pages/'))
    .filter((path) => /from '(\.\.?\/)+pages\/[^']+\.ts'/.test(readFileSync(join(root, path), 'utf8')))
    .map((path) => path.replace('test/', '../'))
  expect(pagesTypes.include).toEqual(['.', ...importers, '../../.wxt/wxt.d.ts'])
  expect(nodeTypes.exclude).toEqual(['.', '../pages', ...importers])
})

test('no install script runs, and what has one is known to do without it', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8').split('\n')).toContain('ignore-scripts=true')
  const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript)
  // The first looks whether its package for this system is there; the second asks for donations.
  expect(scripted.map(([path]) => path)).toEqual(['node_modules/@swc/core', 'node_modules/core-js'])
})

describe('a clone', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fieldseal-packages-'))
    mkdirSync(join(folder, 'demo'))
    for (const name of ['ensure.mjs', 'build.mjs']) copyFileSync(join(root, 'demo', name), join(folder, 'demo', name))
    writeFileSync(join(folder, 'npm.js'), 'console.error("npm", ...process.argv.slice(2)); process.exit(1)')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const node = (...args: string[]) =>
    spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: join(folder, 'npm.js') },
    })

  test('where npm ci fails nothing else is tried, and what to do is said', () => {
    writeFileSync(join(folder, 'package-lock.json'), '{}')
    const ran = node('demo/build.mjs')
    expect(ran.status).toBe(1)
    expect(ran.stderr.match(/^npm .*/gm)).toEqual([expect.stringMatching(/^npm ci .*--ignore-scripts/)])
    expect(ran.stderr).toContain('git checkout -- package.json package-lock.json')
  })

  const lock = {
    '': { dependencies: { tool: '1.0.0' } },
    'node_modules/tool': { version: '1.0.0' },
    'node_modules/tools-own': { version: '1.0.0' },
    'node_modules/editor': { version: '1.0.0' },
    'node_modules/for-another-system': { version: '1.0.0', optional: true },
  }
  const { 'node_modules/for-another-system': _, ...everything } = lock
  const { 'node_modules/editor': __, ...ofRoot } = everything
  const old = { version: '0.9.0' }
  const rootOnly = 'npm ci --workspaces=false'

  test.each([
    ['nothing', {}, rootOnly, 'npm ci'],
    ['all packages', everything, null, null],
    ['those of the root', ofRoot, null, 'npm ci'],
    ['a package too many', { ...everything, 'node_modules/gone': old }, null, null],
    ['an old package', { ...everything, 'node_modules/tool': old }, rootOnly, 'npm ci'],
    ['an old package of a package', { ...ofRoot, 'node_modules/tools-own': old }, rootOnly, 'npm ci'],
  ])('with %s installs what is missing', (_name, installed, build, tests) => {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }))
    mkdirSync(join(folder, 'node_modules'))
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
    for (const [workspaces, wanted] of [
      [false, build],
      [true, tests],
    ] as const) {
      const script = `import { ensurePackages } from './demo/ensure.mjs'; ensurePackages({ workspaces: ${workspaces} })`
      const [asked] = node('--input-type=module', '--eval', script).stderr.match(/^npm ci( --workspaces=false)?/m) ?? []
      expect(asked ?? null).toBe(wanted)
    }
  })
})
