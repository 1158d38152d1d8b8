// Objects whose fields may be looked at, among values of any kind.

/** Whether a value has named fields: an object, and no list. */
export function isPlainObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
