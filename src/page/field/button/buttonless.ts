// Decides which fields get no button: passwords, payment, one-time codes, searches. Nobody keeps a sealed text there, and a sealed password
// locks its owner out. Commands by menu or shortcut still work there.

const unwantedTokens = /^(cc-.+|one-time-code|current-password|new-password)$/
const unwantedNames =
  /(^|[-_\s.[])(otp|totp|2fa|mfa|one-?time-?code|verification-?code|cvv2?|cvc2?|csc|card-?(number|no|cvc)|cc-?(number|num|exp|csc)|passw(or)?d|passcode|pin|search|query|q)($|[-_\s.\]])/
/** Longest one-time code sent to a telephone. */
const codeChars = 8

/** The attributes of an element that decide. */
export interface Traits {
  readonly type: string
  readonly role: string
  readonly autocomplete: string
  readonly inputMode: string
  readonly names: readonly string[]
  /** -1 for none. */
  readonly maxLength: number
  readonly inSearch: boolean
  /** It takes only one line. */
  readonly isInput: boolean
}

export function isButtonless(traits: Traits): boolean {
  const { type, role, autocomplete, inputMode, names, maxLength, inSearch, isInput } = traits
  if (type === 'password' || type === 'search' || role === 'searchbox' || inputMode === 'search') return true
  if (
    autocomplete
      .toLowerCase()
      .split(/\s+/)
      .some((token) => unwantedTokens.test(token))
  )
    return true
  if (!isInput) return role === 'combobox' && inSearch
  const digits = inputMode === 'numeric' || inputMode === 'decimal' || type === 'tel'
  if (digits && maxLength >= 1 && maxLength <= codeChars) return true
  return inSearch || names.some((name) => unwantedNames.test(parted(name)))
}

/** `cardNumber` as `card-number`. */
const parted = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()

export function traitsOf(field: HTMLElement): Traits {
  const isInput = field instanceof HTMLInputElement
  const get = (name: string) => field.getAttribute(name) ?? ''
  return {
    type: isInput ? field.type : '',
    role: get('role'),
    autocomplete: get('autocomplete'),
    inputMode: get('inputmode'),
    names: [get('name'), field.id],
    maxLength: isInput ? field.maxLength : -1,
    inSearch: field.closest('search, [role=search]') !== null,
    isInput,
  }
}
