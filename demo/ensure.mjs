// Makes sure of what a fresh clone lacks: the npm packages, and with them the pinned Node. Shared by `npm start`, `npm test`,
// `npm run build` and `npm run bench`. Plain JavaScript for any Node from 20.19 on, and no packages: it runs before there are any.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const windows = process.platform === 'win32'
/** The pinned Node is a package of its own for each system, so that no install script has to fetch it. */
const nodePackage = `node-${windows ? 'win' : process.platform}-${process.arch}`
const nodeBin = join(root, 'node_modules', nodePackage, 'bin')
/** The least Node that our tools run on, and that runs TypeScript as it is. */
const least = [22, 18]

/** The environment for what we start: the project's own programs and Node come first. */
export const env = () => ({ ...process.env, PATH: [nodeBin, bin, process.env.PATH ?? ''].join(delimiter) })

export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, env: env(), stdio: 'inherit', ...options })
  return done.status === 0
}

/** npm as a program and its first arguments. Windows starts npm.cmd by a shell only. */
function npm(args, options = {}) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options)
  return run('npm', args, { shell: windows, ...options })
}

const installed = join(root, 'node_modules', '.package-lock.json')
const wanted = join(root, 'package-lock.json')

/** Whether the packages are installed, with those of the workspaces or without them, in the versions of the lock file. */
function packagesAreThere(workspaces) {
  if (!existsSync(installed)) return false
  const [there, locked] = [installed, wanted].map((path) => JSON.parse(readFileSync(path, 'utf8')).packages)
  if (workspaces) {
    return Object.entries(locked).every(
      ([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
    )
  }
  // What else the root needs came with these, or they would have changed with it.
  const { dependencies, devDependencies } = locked['']
  return (
    Object.keys({ ...dependencies, ...devDependencies }).every((name) => `node_modules/${name}` in there) &&
    Object.entries(there).every(([path, { version }]) => !(path in locked) || locked[path].version === version)
  )
}

/**
 * Installs exactly what the lock file names, when packages are missing or old: those of the root, and with `workspaces` also what
 * the pages of the tests are made with. Ends the process, with the reason, when that fails: `npm install` would bring versions that
 * nobody has looked at, so it is never the way out.
 */
export function ensurePackages({ workspaces = false } = {}) {
  if (packagesAreThere(workspaces)) return
  const args = ['ci', ...(workspaces ? [] : ['--workspaces=false'])]
  console.log(`Installing the packages that package-lock.json names (npm ${args.join(' ')}) …`)
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  if (npm([...args, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })) return
  console.error(
    'The packages cannot be installed; npm says why above. If it cannot reach the registry, try again later. If it says that\n' +
      'package.json and package-lock.json do not match, take both from the repository again:\n' +
      '    git checkout -- package.json package-lock.json',
  )
  process.exit(1)
}

/** The pinned Node, or null: there is none for this system, or it does not run here. */
function pinnedNode() {
  const name = windows ? 'node.exe' : 'node'
  const path = join(nodeBin, name)
  if (!existsSync(path)) return null
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8' })
  if (answer.status !== 0 || !answer.stdout.startsWith('v')) return null
  // So that npm scripts find it: npm before 11 makes no link where other systems' packages have a program of the same name.
  const link = join(bin, name)
  if (!windows && !existsSync(link)) symlinkSync(join('..', nodePackage, 'bin', name), link)
  return path
}

/**
 * The Node to go on with: the pinned one, else this one when it is new enough. Ends the process when there is neither.
 */
function ensureNode() {
  const pinned = pinnedNode()
  if (pinned !== null) return pinned
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > least[0] || (major === least[0] && minor >= least[1])) return process.execPath
  console.error(
    `This is Node ${process.version}, and Node ${least.join('.')} or newer is needed: the packages bring none for this system (${nodePackage}).`,
  )
  process.exit(1)
}

/** Runs `script` again under the Node to go on with, unless that is this one already. Returns only in that case. */
export function goOnUnderPinnedNode(script) {
  const node = ensureNode()
  if (process.env.FIELDSEAL_NODE === node || node === process.execPath) return
  // At Ctrl+C both get the signal: wait for the other one, which has things to end.
  process.on('SIGINT', () => undefined)
  const { status, signal } = spawnSync(node, [script, ...process.argv.slice(2)], {
    cwd: process.cwd(),
    env: { ...env(), FIELDSEAL_NODE: node },
    stdio: 'inherit',
  })
  process.exit(status ?? (signal === 'SIGINT' ? 130 : 1))
}

/** Debian packages by the program they bring. Installs what is missing where that can be; returns what is missing still. */
export function ensurePrograms(packages) {
  const missing = () => Object.entries(packages).filter(([program]) => !onPath(program))
  if (missing().length === 0) return []
  const debian = process.platform === 'linux' && existsSync('/etc/debian_version') && onPath('apt-get')
  if (debian && process.getuid?.() === 0) {
    const apt = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    for (let tried = 0; tried < 2 && missing().length > 0; tried++) {
      const names = missing().map(([, name]) => name)
      console.log(`Installing ${names.join(', ')} …`)
      run('apt-get', ['-qq', 'update'], apt)
      run('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', ...names], {
        ...apt,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    }
  }
  return missing().map(([, name]) => name)
}

function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const names = windows ? [`${program}.exe`, `${program}.cmd`] : [program]
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))))
}
