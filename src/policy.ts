// Numbers that are a matter of choice, and that both whoever asks a person and whoever enforces them must know.

/** Characters (code points after NFKC) that a new password has at least. */
export const minPasswordChars = 8

/** As many passkeys as a person keeps in view. A vault that holds more, say after two were merged, is read all the same. FORMAT.md §6.2. */
export const maxPasskeys = 8

/** Minutes without activity after which the vault may lock, and after which it does where nothing was chosen. FORMAT.md §6.3. */
export const autoLockMinutes = [1, 5, 15, 30, 60, 240] as const
export const defaultAutoLockMinutes = 15

/** Days after which a document gets a new key when it is read, and a sealed text counts as old. FORMAT.md §7.2. */
export const defaultKeyAgeDays = 365
export const maxKeyAgeDays = 3_650
