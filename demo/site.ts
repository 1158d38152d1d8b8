// A small notes site that knows nothing of Fieldseal: it keeps what it is sent, in a file, and shows it. On loopback only.
// Its forms work without JavaScript; /compose is an editor of the kind that sends what its input events gave it.

import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { composePage, editPage, notesPage, script, storedPage, style } from './pages.ts'

export interface Note {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly at: string
}

export interface Site {
  /** E.g. `http://127.0.0.1:8080`, without a slash at the end. */
  readonly origin: string
  /** What the site has, the oldest first. */
  stored(): Promise<Note[]>
  close(): Promise<void>
}

const bodyBytesAtMost = 4 * 1024 * 1024
const notesAtMost = 1000

class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export async function startSite({ file, port = 0 }: { file: string; port?: number }): Promise<Site> {
  await mkdir(dirname(file), { recursive: true })
  let notes = await load(file)
  let saving: Promise<void> = Promise.resolve()

  /** The file is replaced whole, so that a crash leaves the old one or the new one. */
  const save = (next: Note[]) => {
    const done = saving.then(async () => {
      await writeFile(`${file}.new`, JSON.stringify(next, null, 2))
      await rename(`${file}.new`, file)
    })
    saving = done.catch(() => undefined)
    notes = next
    return done
  }

  const find = (id: string | null) => {
    const found = notes.find((note) => note.id === id)
    if (found === undefined) throw new Refused(404, 'There is no such note.')
    return found
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site.invalid')
    switch (`${request.method} ${pathname}`) {
      case 'GET /':
        return send(response, 'text/html', notesPage(notes))
      case 'GET /compose':
        return send(response, 'text/html', composePage())
      case 'GET /edit':
        return send(response, 'text/html', editPage(find(searchParams.get('id'))))
      case 'GET /stored':
        return send(response, 'text/html', storedPage(notes))
      case 'GET /stored.json':
        return send(response, 'application/json', JSON.stringify(notes, null, 2))
      case 'GET /style.css':
        return send(response, 'text/css', style)
      case 'GET /compose.js':
        return send(response, 'text/javascript', script)
      case 'POST /notes': {
        const { title, note } = noteOf(request, await body(request))
        if (notes.length >= notesAtMost) throw new Refused(507, 'The site is full.')
        await save([...notes, { id: randomUUID(), title, note, at: new Date().toISOString() }])
        return redirect(response, '/')
      }
      case 'POST /edit': {
        const { id } = find(searchParams.get('id'))
        const changed = noteOf(request, await body(request))
        await save(notes.map((each) => (each.id === id ? { ...each, ...changed } : each)))
        return redirect(response, '/')
      }
      case 'POST /delete': {
        await body(request)
        const { id } = find(searchParams.get('id'))
        await save(notes.filter((each) => each.id !== id))
        return redirect(response, '/')
      }
      default:
        throw new Refused(404, 'There is no such page.')
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      const refused = thrown instanceof Refused ? thrown : new Refused(500, 'The site failed.')
      if (!response.headersSent)
        response.writeHead(refused.status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      response.end(`${refused.message}\n`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stored: async () => [...notes],
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await saving
    },
  }
}

async function load(file: string): Promise<Note[]> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'))
    return Array.isArray(read) ? read.filter(isNote) : []
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
}

function isNote(value: unknown): value is Note {
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return ['id', 'title', 'note', 'at'].every((name) => typeof fields[name] === 'string')
}

async function body(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  // Left undestroyed, the connection can still carry the answer.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length
    if (length > bodyBytesAtMost) throw new Refused(413, 'That is more than the site takes.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** A note from a form, or from the editor's script as JSON. Forms send line breaks as CR LF. */
function noteOf(request: IncomingMessage, text: string): { title: string; note: string } {
  if (request.headers['content-type']?.startsWith('application/json') === true) {
    let read: unknown
    try {
      read = JSON.parse(text)
    } catch {
      throw new Refused(400, 'That is not JSON.')
    }
    const { title = '', note } = (read ?? {}) as { title?: unknown; note?: unknown }
    if (typeof title !== 'string' || typeof note !== 'string') throw new Refused(400, 'A note is a text.')
    return { title, note }
  }
  const form = new URLSearchParams(text)
  const field = (name: string) => (form.get(name) ?? '').replaceAll('\r\n', '\n')
  return { title: field('title'), note: field('note') }
}

function send(response: ServerResponse, type: string, content: string): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
  response.end(content)
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(303, { location: to }).end()
}
