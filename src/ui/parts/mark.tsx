// The small drawings, as inline SVG: our policy lets no image in that is not a file of ours, and these follow the text.

/** A seal: a scalloped round with two lines of writing pressed into it. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        class="mark-wax"
        d="M12 .9 14.5 2.7 17.6 2.3 18.8 5.2 21.7 6.4 21.3 9.5 23.1 12 21.3 14.5 21.7 17.6 18.8 18.8 17.6 21.7 14.5 21.3 12 23.1 9.5 21.3 6.4 21.7 5.2 18.8 2.3 17.6 2.7 14.5 .9 12 2.7 9.5 2.3 6.4 5.2 5.2 6.4 2.3 9.5 2.7Z"
      />
      <path class="mark-lines" d="M7.2 9.4h9.6M7.2 14.6h5.6" />
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
