/** A page in a sandbox has no origin of its own; no frame of ours may run there, and the background answers it nothing. */
export function isSandboxed(): boolean {
  return self.origin === 'null'
}
