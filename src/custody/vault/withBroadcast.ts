// How every change of the vault ends: with everyone told what it is like then.

/**
 * Does a change of the vault, and tells everyone. The password that unlocked it is also tried on another device's vault in the
 * browser's sync.
 */
export type WithBroadcast = (change: () => Promise<void>, password?: string | null) => Promise<Record<string, never>>
