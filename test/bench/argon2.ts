// Argon2id by others than the extension, with the same parameters: native, and the same WebAssembly in Node.

import { hashRaw } from '@node-rs/argon2'
import { argon2id } from 'hash-wasm'

interface Cost {
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
}

const salt = new Uint8Array(16)
/** Argon2id, as the package numbers it. */
const argon2idOfPackage = 2

export const algorithmsByName: Readonly<Record<string, (password: string, cost: Cost) => Promise<Uint8Array>>> = {
  '@node-rs/argon2, native': (password, { memoryKiB, iterations, parallelism }) =>
    hashRaw(password, {
      algorithm: argon2idOfPackage,
      memoryCost: memoryKiB,
      timeCost: iterations,
      parallelism,
      outputLen: 32,
      salt,
    }),
  'hash-wasm in Node': (password, { memoryKiB, iterations, parallelism }) =>
    argon2id({ password, salt, memorySize: memoryKiB, iterations, parallelism, hashLength: 32, outputType: 'binary' }),
}
