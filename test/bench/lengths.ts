// How long a sealed text is, beside what age and OpenPGP make of the same bytes.

import { armor, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import * as openpgp from 'openpgp'
import type { CircleKey } from '../../src/bytes.ts'
import { sealText } from '../../src/crypto/text.ts'

export interface Lengths {
  readonly bytes: number
  readonly ours: number
  readonly age: number
  readonly openpgp: number
}

export async function lengths(): Promise<Lengths[]> {
  const recipient = await identityToRecipient(await generateX25519Identity())
  const key = crypto.getRandomValues(new Uint8Array(32)) as CircleKey
  return Promise.all(
    [20, 200, 2_000].map(async (bytes) => {
      // Letters that do not compress: OpenPGP.js does not compress unless told, and neither do the others.
      const text = Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => (byte % 36).toString(36)).join(
        '',
      )
      const encrypter = new Encrypter()
      encrypter.addRecipient(recipient)
      const message = await openpgp.createMessage({ text })
      return {
        bytes,
        ours: (await sealText(key, { text, minutes: 29_000_000, origin: 'https://example.com' })).length,
        age: armor.encode(await encrypter.encrypt(text)).length,
        openpgp: (await openpgp.encrypt({ message, passwords: ['correct horse battery staple'] })).length,
      }
    }),
  )
}
