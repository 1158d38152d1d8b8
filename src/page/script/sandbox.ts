/** Whether the page is sandboxed: it has no origin, our frames cannot run in it, and the background does not answer it. */
export function isSandboxed(): boolean {
  return self.origin === 'null'
}
