// Progress with a known end.

interface Props {
  readonly done: number
  readonly of: number
  /** What is running. */
  readonly label: string
  readonly words: string
}

export function ProgressBar({ done, of, label, words }: Props) {
  return (
    <div class="progress">
      <progress aria-label={label} value={done} max={Math.max(of, 1)} />
      <span aria-hidden="true">{words}</span>
    </div>
  )
}
