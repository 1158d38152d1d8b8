// A button that opens the file picker. The browser's own file input is there too, unseen, and the Tab key skips it.

import { useRef } from 'preact/hooks'
import { Button } from './button.tsx'

interface Props {
  readonly children: string
  /** What the files are, for screen readers. */
  readonly label: string
  readonly kind?: 'main' | 'plain'
  readonly multiple?: boolean
  /** The endings of their names, e.g. `.json,.txt`. */
  readonly accept?: string
  readonly busy?: boolean
  readonly onChosen: (files: readonly [File, ...File[]]) => void
}

export function FileButton({
  children,
  label,
  kind = 'plain',
  multiple = false,
  accept,
  busy = false,
  onChosen,
}: Props) {
  const input = useRef<HTMLInputElement>(null)
  const passFiles = () => {
    const [first, ...more] = input.current?.files ?? []
    // So that the same ones can be chosen once more, when they were mended.
    if (input.current) input.current.value = ''
    if (first !== undefined) onChosen([first, ...more])
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        class="unseen"
        tabIndex={-1}
        multiple={multiple}
        accept={accept}
        aria-label={label}
        onChange={passFiles}
      />
      <Button kind={kind} busy={busy} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  )
}
