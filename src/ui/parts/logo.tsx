// The small drawings, as inline SVG: our policy lets no image in that is not a file of ours, and these follow the text.

import { logo } from '../../logo.ts'

/** A seal: a scalloped round with two lines of writing cut out of it. */
export function Logo() {
  return (
    <svg class="mark" viewBox={logo.viewBox} aria-hidden="true" focusable="false">
      <path d={logo.outline} />
    </svg>
  )
}

const drawings = {
  warning: 'M12 3.2 22 20.5H2ZM12 9.5v5M12 17.2v.6',
  done: 'm4.5 12.5 5 5 10-11',
  about: 'M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4ZM12 11v6M12 7.2v.6',
  lock: 'M5.5 10.8h13v9.7h-13ZM8 10.8V7.5a4 4 0 0 1 8 0v3.3',
} as const

export function Icon({ name }: { name: keyof typeof drawings }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  )
}
