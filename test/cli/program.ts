// Runs the built command line program as a shell would, and makes vaults and backups for it to read.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { RecoverySecret } from '../../src/bytes.ts'
import { encodeBase64url } from '../../src/bytes.ts'
import { leastCost } from '../../src/crypto/kdf.ts'
import { formatRecovery } from '../../src/crypto/recovery.ts'
import { addToBackup, type BackupDocument, beginBackup, endBackup } from '../../src/keyring/backup.ts'
import { newDocument } from '../../src/keyring/documents.ts'
import { documentKeyring } from '../../src/keyring/rotation.ts'
import { createVault, type Vault, withBody } from '../../src/keyring/vault.ts'
import { fromHex } from '../crypto/bytes.ts'

export const program = fileURLToPath(new URL('../../.output/cli/fieldseal.mjs', import.meta.url))
if (!existsSync(program)) throw new Error(`${program} is not there: npm run build`)

export const password = 'correct horse battery staple'
const secret = fromHex('000102030405060708090a0b0c0d0e0f') as RecoverySecret
export const recoveryKey = formatRecovery(secret)
export const madeAt = new Date('2026-11-23T12:00:00.000Z')

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly stdin?: string | Uint8Array
  /** What file descriptor 3 gives, and 4; the password where nothing else is said. */
  readonly three?: string
  readonly four?: string
  readonly cwd?: string
  readonly program?: string
}

/** Runs it with these arguments, without a terminal. */
export function fieldseal(args: readonly string[], running: Running = {}): Promise<Ran> {
  const { stdin = '', three = `${password}\n`, four = '', cwd } = running
  const child = spawn(process.execPath, [running.program ?? program, ...args], {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A session of its own has no terminal, whatever this is run from.
    detached: true,
    env: { PATH: process.env.PATH ?? '' },
  })
  for (const [at, text] of [stdin, null, null, three, four].entries()) {
    const pipe = child.stdio[at]
    if (text === null || pipe === null || pipe === undefined || !('end' in pipe)) continue
    pipe.on('error', () => undefined) // it need not read all of it
    pipe.end(text)
  }
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...said })))
}

export const withPassword = ['--password-fd', '3']

/** A vault that is quick to unlock, with further keys for its circle Personal, each with an epoch of its own. */
export async function makeVault(personalKeys: readonly Uint8Array[] = []): Promise<Vault> {
  const vault = await createVault({ password, recovery: secret, cost: leastCost }, madeAt)
  if (personalKeys.length === 0) return vault
  const createdAt = madeAt.toISOString()
  const [personal, ...others] = vault.body.circles
  if (personal === undefined) throw new Error('expected a circle')
  const more = personalKeys.map((key, at) => ({ epoch: at + 2, key: encodeBase64url(key), createdAt }))
  return withBody(
    vault,
    { ...vault.body, circles: [{ ...personal, keys: [...personal.keys, ...more] }, ...others] },
    madeAt,
  )
}

export function draft(vault: Vault, text: string, origin: string | null = null): Promise<BackupDocument> {
  const content = { kind: 'draft', origin, text, savedAt: madeAt.getTime() }
  return newDocument(documentKeyring(vault), content, madeAt).then((document) => ({
    kind: 'draft',
    document: { ...document },
  }))
}

export function backupOf(vault: Vault, documents: readonly BackupDocument[] = []): string {
  let { line, chain } = beginBackup(vault.record, madeAt)
  const lines = [line]
  for (const document of documents) {
    ;({ line, chain } = addToBackup(chain, document))
    lines.push(line)
  }
  return lines.join('') + endBackup(vault, chain, documents.length)
}

/** A folder of its own for a test file, with a way to put files into it. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'fieldseal-cli-'))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  return {
    path,
    put(name: string, content: string | Uint8Array): string {
      writeFileSync(join(path, name), content)
      return join(path, name)
    },
  }
}
