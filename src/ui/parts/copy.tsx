// A button that copies a text and says that it did: beside itself for what is sealed, in the window's notice for a secret.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Content, copy as toClipboard } from '../clipboard.ts'
import { Button } from './button.tsx'

const saidForMs = 4000

interface CopyProps {
  /** The text, or how it is got; that gives null when it can't be had, which is said elsewhere then. */
  readonly text: string | (() => Promise<string | null>)
  readonly content: Content
  readonly label: string
  readonly kind?: 'main' | 'plain'
  /** The button's whole name, where several say the same. */
  readonly named?: string | undefined
  readonly onCopied?: (() => void) | undefined
}

export function CopyButton({ text, content, label, kind = 'plain', named, onCopied }: CopyProps) {
  const said = useSignal('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const copy = async () => {
    clearTimeout(timer.current)
    said.value = ''
    const copied = typeof text === 'string' ? text : await text()
    if (copied === null) return
    try {
      await toClipboard(copied, content)
      if (content === 'sealed') said.value = 'Copied.'
      timer.current = setTimeout(() => {
        said.value = ''
      }, saidForMs)
      onCopied?.()
    } catch {
      said.value = 'The browser did not let it be copied. Select it and copy it yourself.'
    }
  }

  return (
    <span class="copy">
      <Button kind={kind} label={named} onClick={() => void copy()}>
        {label}
      </Button>
      <output>{said.value}</output>
    </span>
  )
}
