// The types of ensure.mjs, for the TypeScript that uses it.

export const root: string
export function env(): NodeJS.ProcessEnv
export function run(command: string, args: readonly string[], options?: object): boolean
export function ensurePackages(options?: { workspaces?: boolean }): void
export function goOnUnderPinnedNode(script: string): void
export function ensurePrograms(packages: Readonly<Record<string, string>>): string[]
