// Argon2id for tests of what is done around it, in the place of the package `hash-wasm`: a digest of all that is asked of it.
// At full depth (depth.ts) it is the real one, run once for the same question. What it really gives, and what it does where
// memory is short, is seen in test/crypto, test/keyring/vault.test.ts and memory.test.ts.

import { createHash } from 'node:crypto'
import { vi } from 'vitest'
import { depth } from '../depth.ts'

type Argon2id = typeof import('hash-wasm')['argon2id']
type Asked = Parameters<Argon2id>[0]

const known = new Map<string, Promise<Uint8Array>>()

export const argon2id = vi.fn(async (asked: Asked): Promise<Uint8Array> => {
  const question = JSON.stringify(asked, (_name, value) => (value instanceof Uint8Array ? [...value] : value))
  const key = known.get(question) ?? (depth === 1 ? real(asked) : digest(question))
  known.set(question, key)
  return (await key).slice()
})

async function real(asked: Asked): Promise<Uint8Array> {
  const { argon2id } = await vi.importActual<{ argon2id: Argon2id }>('hash-wasm')
  return argon2id({ ...asked, outputType: 'binary' })
}

async function digest(question: string): Promise<Uint8Array> {
  return new Uint8Array(createHash('sha256').update(question).digest())
}
