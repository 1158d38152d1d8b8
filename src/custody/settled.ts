// How every change of the vault ends: with everyone told what it is like then.

/** Does a change of the vault, and tells everyone. */
export type Settled = (change: () => Promise<void>) => Promise<Record<string, never>>
