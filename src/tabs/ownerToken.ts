// The name by which a content script recognizes what an earlier one of ours has left in its page: random, and the same for one
// document for as long as that lives, even across an update of the extension. It stands in closed shadow roots
// (page/script/shell.ts). A page that finds it learns nothing: every document has another name.

import * as v from 'valibot'
import { encodeBase64url, randomBytes, utf8 } from '../bytes.ts'
import type { Caller } from '../messages/handlers.ts'
import { token } from '../messages/shapes.ts'
import { Preference } from '../storage/preferences.ts'
import { storedValue } from '../storage/storedShape.ts'

const keyBytes = 32
const tokenBytes = 16

/** The HMAC key that the names are made with, in base64url. */
export const ownerKey = new Preference(
  'owner',
  storedValue(v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))), { missing: null }),
)

let reading: Promise<CryptoKey> | null = null

/** 22 base64url characters. Where the disk gives and takes no key they hold for as long as this background lives. */
export async function ownerTokenOf({ origin, documentId }: Pick<Caller, 'origin' | 'documentId'>): Promise<string> {
  reading ??= readKey()
  const named = utf8(`${documentId ?? crypto.randomUUID()} ${origin}`)
  const mac = await crypto.subtle.sign('HMAC', await reading, named)
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
