// Some tests unlock the same vaults again and again. The same password, salt and cost give the same key: it is derived once, by
// the real Argon2id.

type Kdf = typeof import('../../src/crypto/kdf.ts')

/** The key derivation, with a memory. For `vi.mock`. */
export function remembering(real: Kdf): Kdf {
  const known = new Map<string, Awaited<ReturnType<Kdf['passwordKey']>>>()
  const passwordKey: Kdf['passwordKey'] = async (password, salt, cost) => {
    const asked = JSON.stringify([password, [...salt], cost.memoryKiB, cost.iterations, cost.parallelism])
    const key = known.get(asked) ?? (await real.passwordKey(password, salt, cost))
    known.set(asked, key)
    return key
  }
  return { ...real, passwordKey }
}
