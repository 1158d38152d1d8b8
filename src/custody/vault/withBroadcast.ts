// How every change of the vault ends: with a broadcast of its new state.

/**
 * Makes a change of the vault and broadcasts it. The password that unlocked it is also tried on another device's vault in the
 * browser's sync.
 */
export type WithBroadcast = (change: () => Promise<void>, password?: string | null) => Promise<Record<string, never>>
