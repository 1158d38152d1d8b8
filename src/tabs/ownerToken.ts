// The token by which a content script recognises what an earlier one of ours left in its page. It is random, and constant for one
// document as long as that lives, even across an update of the extension. It is in closed shadow roots (page/script/shell.ts).
// A page that finds it learns nothing, because every document has another.

import * as v from 'valibot'
import { encodeBase64url, randomBytes, utf8 } from '../bytes.ts'
import type { Caller } from '../messages/handlers.ts'
import { token } from '../messages/shapes.ts'
import { Preference } from '../storage/preferences.ts'
import { storedValue } from '../storage/storedShape.ts'

const keyBytes = 32
const tokenBytes = 16

/** The HMAC key of the tokens, 32 bytes as base64url. */
export const ownerKey = new Preference(
  'owner',
  storedValue(v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))), { missing: null }),
)

let reading: Promise<CryptoKey> | null = null

/** The token of a document: 22 base64url characters. If the disk cannot store the key, it lasts as long as this background. */
export async function ownerTokenOf({ origin, documentId }: Pick<Caller, 'origin' | 'documentId'>): Promise<string> {
  reading ??= readKey()
  const message = utf8(`${documentId ?? crypto.randomUUID()} ${origin}`)
  const mac = await crypto.subtle.sign('HMAC', await reading, message)
  return v.parse(token, encodeBase64url(new Uint8Array(mac, 0, tokenBytes)))
}

async function readKey(): Promise<CryptoKey> {
  let key = encodeBase64url(randomBytes(keyBytes))
  await ownerKey
    .change((before) => {
      key = before ?? key
      return key
    })
    .catch(() => undefined)
  const bytes = utf8(key)
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}
