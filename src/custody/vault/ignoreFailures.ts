// Filters for `catch`: one damaged item stops no batch, and what fails for now is tried again later.

import { Failure } from '../../failure.ts'

/** Null for Failure 'damaged'; whatever else was thrown is thrown on. */
export function ignoreDamaged(thrown: unknown): null {
  if (thrown instanceof Failure && thrown.code === 'damaged') return null
  throw thrown
}

/** Null for any Failure; whatever else was thrown is thrown on. */
export function ignoreFailures(thrown: unknown): null {
  if (thrown instanceof Failure) return null
  throw thrown
}
