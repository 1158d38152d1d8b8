// What can go wrong, as a closed list. Only the code crosses from one context to another;
// the sentence a person reads is made from it where it is shown. Programmer errors are TypeError or RangeError and never cross.

export const failureCodes = [
  'locked', // the vault must be unlocked first
  'no-vault', // there is no vault on this device yet
  'vault-exists', // a vault is already here and would have been replaced
  'wrong-secret', // the password or recovery key opens nothing; a tampered slot looks the same
  'mistyped', // a recovery key whose checksum does not fit: a typing error, found before any key is derived
  'proof-needed', // a fresh proof that the person is there, by password or passkey, must be given first
  'last-slot', // the only slot left that a person can unlock with: it is not taken out
  'already-there', // what was to be added is there already
  'cancelled', // the person, or the browser for them, called it off
  'unsupported', // the browser or a device beside it cannot do this
  'weak-password', // shorter than the least length accepted
  'not-for-us', // sealed under a key that is not in this vault
  'damaged', // altered, cut off, or never well-formed
  'newer-version', // made by a version that this one does not know
  'other-site', // sealed on another site than the one it was to be put into
  'too-long', // longer than the format can hold
  'refused', // whoever asked may not ask this, or asked it malformed or too late
  'conflict', // something else changed it in the meantime
  'rollback', // an older record than one seen before on this device
  'implausible', // a revision or epoch that no honest vault gets to
  'clock', // dated more than a day ahead: one of two clocks is wrong
  'weakened', // a record that asks for less work per password guess than allowed, or than it was seen with
  'full', // the disk or the quota is full
  'memory', // the memory for Argon2id cannot be had
  'gone', // the field, frame, tab or draft is no longer there
  'unavailable', // the background did not answer, or storage cannot be read
] as const

export type FailureCode = (typeof failureCodes)[number]

/** The one error that parts of Fieldseal throw on purpose. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode

  constructor(code: FailureCode, options?: { cause?: unknown }) {
    super(code, options)
    this.code = code
  }
}

/** The code to send across a context for whatever was thrown: a Failure's own, else `otherwise`. */
export function codeOf(thrown: unknown, otherwise: FailureCode = 'unavailable'): FailureCode {
  return thrown instanceof Failure ? thrown.code : otherwise
}

/** What became of one of many, so that it fails alone: its value, or its failure. */
export type Result<T> = T | Failure

/** What becomes of `run`. Whatever else than a Failure was thrown is thrown on. */
export async function captureFailure<T>(run: () => Promise<T>): Promise<Result<T>> {
  try {
    return await run()
  } catch (thrown) {
    return failureOf(thrown)
  }
}

/** `captureFailure` for what is done at once. */
export function captureFailureSync<T>(run: () => T): Result<T> {
  try {
    return run()
  } catch (thrown) {
    return failureOf(thrown)
  }
}

export function isOk<T>(result: Result<T>): result is T {
  return !(result instanceof Failure)
}

/** The value of a result. Throws its failure. */
export function requireValue<T>(result: Result<T>): T {
  if (result instanceof Failure) throw result
  return result
}

/** The value of the only result. Throws its failure. */
export function requireSingle<T>(results: readonly Result<T>[]): T {
  const [result] = results
  if (result === undefined || results.length > 1) throw new TypeError(`expected one result, got ${results.length}`)
  return requireValue(result)
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  throw thrown
}
