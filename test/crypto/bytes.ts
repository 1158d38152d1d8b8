// Bytes for tests: hexadecimal, branded keys, and randomness that is known beforehand.

import type { Bytes, CircleKey, MasterKey, RecoverySecret } from '../../src/bytes.ts'

export function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const circleKey = (hex: string) => fromHex(hex) as CircleKey
export const masterKey = (hex: string) => fromHex(hex) as MasterKey
export const recoverySecret = (hex: string) => fromHex(hex) as RecoverySecret

/** A getRandomValues that hands out these values, one a call, and throws when asked for another length or for more. */
export function knownRandomness(...values: readonly Uint8Array[]) {
  const left = [...values]
  return <T extends ArrayBufferView | null>(target: T): T => {
    const value = left.shift()
    if (!(target instanceof Uint8Array) || value?.length !== target.length)
      throw new RangeError(`expected ${value?.length ?? 'no'} random bytes to be drawn, got ${target?.byteLength}`)
    target.set(value)
    return target
  }
}
