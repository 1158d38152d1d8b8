// What is installed is what the lock file names: no install script runs, no version is chosen on the day, and the lock file is
// whole for every system.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url))

interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

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
  const lacking = Object.entries(locked).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => resolve(path, name) === undefined),
  )
  expect(lacking).toEqual([])
  expect(Object.entries(locked).filter(([path, { integrity }]) => path !== '' && integrity === undefined)).toEqual([])
})

test('every version is exact', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

test('no install script runs, and what has one is known to do without it', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8').split('\n')).toContain('ignore-scripts=true')
  const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript)
  // The first looks whether its package for this system is there; the second asks for donations.
  expect(scripted.map(([path]) => path)).toEqual(['node_modules/@swc/core', 'node_modules/core-js'])
})

test('where npm ci fails nothing else is tried, and what to do is said', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldseal-packages-'))
  try {
    mkdirSync(join(folder, 'demo'))
    for (const name of ['ensure.mjs', 'build.mjs']) copyFileSync(join(root, 'demo', name), join(folder, 'demo', name))
    writeFileSync(join(folder, 'package-lock.json'), '{}')
    writeFileSync(join(folder, 'npm.js'), 'console.error("npm", ...process.argv.slice(2)); process.exit(1)')
    const ran = spawnSync(process.execPath, [join(folder, 'demo/build.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: join(folder, 'npm.js') },
    })
    expect(ran.status).toBe(1)
    expect(ran.stderr.match(/^npm .*/gm)).toEqual([expect.stringMatching(/^npm ci .*--ignore-scripts/)])
    expect(ran.stderr).toContain('git checkout -- package.json package-lock.json')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
