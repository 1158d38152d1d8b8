// Buttons and progress. A busy button keeps its name, its place and the focus; pressing it again does nothing.

import type { ComponentChildren } from 'preact'

interface ButtonProps {
  readonly children: ComponentChildren
  readonly onClick?: (() => void) | undefined
  readonly kind?: 'main' | 'plain' | 'quiet'
  readonly submits?: boolean
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly describedBy?: string | undefined
  /** Its whole name, where several buttons say the same; it begins with what they say. */
  readonly label?: string | undefined
}

export function Button({
  children,
  onClick,
  kind = 'plain',
  submits,
  busy,
  disabled,
  describedBy,
  label,
}: ButtonProps) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      aria-label={label}
      class={`button button-${kind}`}
      aria-disabled={busy ? 'true' : undefined}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={busy ? undefined : onClick}
    >
      {children}
    </button>
  )
}

/** Always takes its place, so that nothing moves when work begins. */
export function Progress({ busy, label }: { busy: boolean; label: string }) {
  return (
    <div class="progress">
      {busy ? (
        <>
          <progress aria-label={label} />
          <span aria-hidden="true">{label}…</span>
        </>
      ) : null}
    </div>
  )
}
