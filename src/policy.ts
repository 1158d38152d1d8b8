// Numbers that are a matter of choice, and that both whoever asks a person and whoever enforces them must know.

/** Characters (code points after NFKC) that a new password has at least. */
export const minPasswordChars = 8

/** As many passkeys as a person keeps in view. A vault that holds more, say after two were merged, is read all the same. FORMAT.md §6.2. */
export const maxPasskeys = 8

/** Days after which a document gets a new key when it is read, and a sealed text counts as old. FORMAT.md §7.2. */
export const defaultRekeyDays = 365
export const maxRekeyDays = 3_650
