// A switch: what it is for, and whether it is on, in a word too. What it does is the caller's.

import { useId } from 'preact/hooks'
import { words } from '../../words.ts'

interface Props {
  readonly label: string
  readonly on: boolean
  readonly onFlip: () => void
  /** More words on it, below. */
  readonly hint?: string | undefined
  /** The id of an element that names what it belongs to, where several switches have one label. */
  readonly of?: string | undefined
  readonly small?: boolean
}

export function Switch({ label, on, onFlip, hint, of, small = false }: Props) {
  const id = useId()
  return (
    <>
      <div class={small ? 'switch-row switch-small' : 'switch-row'}>
        <span id={id}>{label}</span>
        <button
          type="button"
          role="switch"
          class="switch"
          aria-checked={on}
          aria-labelledby={of === undefined ? id : `${id} ${of}`}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onClick={onFlip}
        >
          <span class="switch-track" aria-hidden="true" />
          <span class="switch-word" aria-hidden="true">
            {on ? words('app.switch.on') : words('app.switch.off')}
          </span>
        </button>
      </div>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  )
}
