// Words in our windows that somebody else may have written: what a page calls itself and its fields, what others call their circles,
// vaults and passkeys, the titles of texts. They stand apart, so that no mark of direction in them rearranges ours around them.

import type { ComponentChildren } from 'preact'

export function UntrustedText({ class: name, children }: { class?: string; children: ComponentChildren }) {
  return <bdi class={name}>{children}</bdi>
}
