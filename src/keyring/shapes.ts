// The small shapes that records, bodies and documents are made of, for valibot. Knows what is well-formed, not what it means.
// FORMAT.md §1.

import * as v from 'valibot'
import { decodeBase64url } from '../bytes.ts'
import { Failure } from '../failure.ts'

/** base64url of exactly `bytes` bytes, without padding, in the canonical spelling. */
export function binaryText(bytes: number) {
  return v.pipe(v.string(), v.length(Math.ceil((bytes * 4) / 3)), v.check(decodes))
}

/** base64url of `least` to `most` bytes, without padding, in the canonical spelling. */
export function binaryTextBetween(least: number, most: number) {
  return v.pipe(
    v.string(),
    v.minLength(Math.ceil((least * 4) / 3)),
    v.maxLength(Math.ceil((most * 4) / 3)),
    v.check(decodes),
  )
}

/** 1 to 64 characters of base64url: an id never contains the `|` that separates the parts of authenticated data. */
export const idText = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))

/** As Date.prototype.toISOString writes it: UTC, milliseconds, `Z`. */
export const isoDate = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), v.check(isDate))

/** From 1 to 2^53 − 1. */
export const revisionNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** Parses JSON. Failure `damaged`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('damaged', { cause })
  }
}

function decodes(text: string): boolean {
  try {
    return decodeBase64url(text).length >= 0
  } catch {
    return false
  }
}

function isDate(text: string): boolean {
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toISOString() === text
}
