// A screen of our own (Xvfb) with a window manager (openbox), and a keyboard for it (xdotool): only keys that come this way
// fire the browser's own shortcuts. Ends what it started, and nothing else.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Display {
  readonly env: { readonly DISPLAY: string }
  /** Presses and releases a key or a combination, e.g. 'alt+shift+s', in the window that has the focus. */
  keys(combination: string): Promise<void>
  type(text: string): Promise<void>
  /** Windows on the screen now, by title. */
  windows(): Promise<string[]>
  stop(): Promise<void>
}

export async function startDisplay(width = 1400, height = 1000): Promise<Display> {
  // Xvfb takes the first free number itself and writes it to descriptor 3.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const started: ChildProcess[] = [server]
  const stop = async () => {
    for (const each of started.reverse()) await end(each)
  }
  try {
    const number = await numberFrom(server)
    const env = { DISPLAY: `:${number}` }
    const manager = spawn('openbox', [], { env: { ...process.env, ...env }, stdio: 'ignore' })
    started.push(manager)
    await new Promise((resolve, reject) => {
      manager.once('spawn', resolve)
      manager.once('error', reject)
    })
    const xdotool = (...args: string[]) => run('xdotool', args, { env: { ...process.env, ...env } })
    return {
      env,
      stop,
      keys: async (combination) => void (await xdotool('key', '--clearmodifiers', combination)),
      type: async (text) => void (await xdotool('type', '--clearmodifiers', '--delay', '20', text)),
      async windows() {
        // xdotool fails when nothing is there yet.
        const found = await xdotool('search', '--onlyvisible', '--name', '.').catch(() => ({ stdout: '' }))
        const ids = found.stdout.split('\n').filter(Boolean)
        return Promise.all(
          ids.map(async (id) => (await xdotool('getwindowname', id).catch(() => ({ stdout: '' }))).stdout.trim()),
        )
      },
    }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

function numberFrom(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdio[3]?.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      if (said.includes('\n')) resolve(said.trim())
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 3000)
  await gone
  clearTimeout(late)
}
