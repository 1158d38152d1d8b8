// The browser's part in passkeys: making one, and asking one for the 32 bytes that a vault is unlocked with (the extension "prf"
// of WebAuthn). The relying party is our own origin: a passkey made here answers nobody else, and no page can ask for it.
// What it gives is as secret as a password: handed on once, and wiped.

import { decodeBase64url, encodeBase64url } from '../../bytes.ts'
import { Failure } from '../../failure.ts'
import type { PasskeyMethod, Prf } from '../../messages/vault/unlockMethods.ts'
import { words } from '../../words.ts'

const secretBytes = 32
/** The browser's own dialog may take a person through a phone and a camera. */
const timeoutMs = 180_000

/** ES256, Ed25519 and RS256: what any authenticator has one of. Nothing is ever verified with them. */
const signatureAlgorithms = [-7, -8, -257].map((alg) => ({ type: 'public-key' as const, alg }))

export interface MadePasskey {
  readonly credentialId: string
  readonly salt: string
  readonly prf: Prf
}

/** Whether this browser lets our pages use passkeys with "prf". Whether the authenticator supports it, only a try tells. */
export async function passkeysWork(): Promise<boolean> {
  // Firefox says that it can, and then takes no origin like ours for a relying party: a SecurityError, whatever is asked.
  if (location.protocol === 'moz-extension:' || typeof PublicKeyCredential !== 'function') return false
  try {
    return (await PublicKeyCredential.getClientCapabilities())['extension:prf'] !== false
  } catch {
    // Too old to say; trying will tell.
    return true
  }
}

/**
 * Makes a passkey and asks it for its 32 bytes. Must follow a click. Failure 'cancelled'; 'already-there': `there` holds one
 * that is kept in the same place; 'unsupported': no bytes come from it; 'refused': the browser does not let us ask.
 */
export async function makePasskey(existing: readonly PasskeyMethod[]): Promise<MadePasskey> {
  const salt = drawBytes(secretBytes)
  const name = words('secrets.passkeyName')
  const options: PublicKeyCredentialCreationOptions = {
    rp: { name: words('extension.name') },
    user: { id: drawBytes(secretBytes), name, displayName: name },
    challenge: drawChallenge(),
    pubKeyCredParams: signatureAlgorithms,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: existing.map(({ credentialId }) => toDescriptor(credentialId)),
    extensions: { prf: { eval: { first: salt } } },
    timeout: timeoutMs,
  }
  const made = await requestCredential(() => navigator.credentials.create({ publicKey: options }))
  const { prf } = made.getClientExtensionResults()
  const created = { credentialId: made.id, salt: encodeBase64url(salt) }
  if (prf?.enabled === false) throw new Failure('unsupported')
  // Many authenticators give their bytes only at the second request.
  return { ...created, prf: takeBytes(prf?.results) ?? (await askPasskeys([created])).prf }
}

/** Asks for any one of these passkeys. Failure 'cancelled' | 'unsupported' | 'refused'. */
export async function askPasskeys(
  methods: readonly Pick<PasskeyMethod, 'credentialId' | 'salt'>[],
  signal?: AbortSignal,
): Promise<{ credentialId: string; prf: Prf }> {
  const salts = methods.map(({ credentialId, salt }) => [credentialId, { first: decodeBase64url(salt) }] as const)
  const options: PublicKeyCredentialRequestOptions = {
    challenge: drawChallenge(),
    allowCredentials: methods.map(({ credentialId }) => toDescriptor(credentialId)),
    userVerification: 'required',
    extensions: { prf: { evalByCredential: Object.fromEntries(salts) } },
    timeout: timeoutMs,
  }
  const used = await requestCredential(() =>
    navigator.credentials.get({ publicKey: options, ...(signal && { signal }) }),
  )
  const prf = takeBytes(used.getClientExtensionResults().prf?.results)
  if (prf === null) throw new Failure('unsupported')
  return { credentialId: used.id, prf }
}

async function requestCredential(request: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await request()
    if (credential instanceof PublicKeyCredential) return credential
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : ''
    if (name === 'InvalidStateError') throw new Failure('already-there', { cause })
    if (name === 'NotSupportedError' || name === 'ConstraintError') throw new Failure('unsupported', { cause })
    // A page cannot tell cancelling, a time-out and a missing passkey apart, on purpose.
    throw new Failure(name === 'SecurityError' ? 'refused' : 'cancelled', { cause })
  }
  throw new Failure('cancelled')
}

/** Copies the bytes into numbers and wipes the original; null when there are none. */
function takeBytes(results: AuthenticationExtensionsPRFValues | undefined): Prf | null {
  if (results === undefined) return null
  const bytes = results.first instanceof ArrayBuffer ? new Uint8Array(results.first) : null
  if (bytes?.length !== secretBytes) return null
  const prf = [...bytes]
  bytes.fill(0)
  return prf
}

/** Nobody verifies a signature here: what proves the passkey is that its bytes unwrap the master key. */
function drawChallenge(): Uint8Array<ArrayBuffer> {
  return drawBytes(32)
}

function drawBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}

function toDescriptor(credentialId: string): PublicKeyCredentialDescriptor {
  return { type: 'public-key', id: decodeBase64url(credentialId) }
}
