// Random names that nobody can guess, for tickets and errands: 128 bits as 22 base64url characters.

import { randomBytes } from '../bytes.ts'
import { encodeBase64url } from '../crypto/base64url.ts'

const tokenBytes = 16

export function newToken(): string {
  return encodeBase64url(randomBytes(tokenBytes))
}
