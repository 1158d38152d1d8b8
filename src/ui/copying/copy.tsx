// A button that copies a text and shows that it did: beside itself for what is sealed, in the window's notice for a secret.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../../words.ts'
import { Button } from '../parts/button.tsx'
import { type Content, copy as toClipboard } from './clipboard.ts'

const shownForMs = 4000

interface CopyProps {
  /** The text, or a function that gets it: null when it failed and the failure is shown elsewhere. */
  readonly text: string | (() => Promise<string | null>)
  readonly content: Content
  readonly label: string
  readonly kind?: 'main' | 'plain'
  /** Where several buttons have the same label. */
  readonly accessibleName?: string | undefined
  readonly onCopied?: (() => void) | undefined
}

export function CopyButton({ text, content, label, kind = 'plain', accessibleName, onCopied }: CopyProps) {
  const outcome = useSignal('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const copy = async () => {
    clearTimeout(timer.current)
    outcome.value = ''
    const copiedText = typeof text === 'string' ? text : await text()
    if (copiedText === null) return
    try {
      await toClipboard(copiedText, content)
      if (content === 'sealed') outcome.value = words('app.copied.done')
      timer.current = setTimeout(() => {
        outcome.value = ''
      }, shownForMs)
      onCopied?.()
    } catch {
      outcome.value = words('app.copied.refused')
    }
  }

  return (
    <span class="copy">
      <Button kind={kind} label={accessibleName} onClick={() => void copy()}>
        {label}
      </Button>
      <output>{outcome.value}</output>
    </span>
  )
}
