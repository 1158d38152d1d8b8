// What was changed between two texts. Said in words too, for people who do not see the colours or use a screen reader.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { counted, words } from '../../../words.ts'
import { say } from '../../parts/say.tsx'
import { type DiffBlock, type DiffSpan, diffTexts } from './diff.ts'
import { TextView } from './textView.tsx'

export function DiffView({ before, after }: { before: string; after: string }) {
  const blocks = useMemo(() => diffTexts(before, after), [before, after])
  if (blocks === null)
    return (
      <>
        <p>{words('libraryEntry.diff.tooDifferent')}</p>
        <TextView text={before} label={words('libraryEntry.diff.earlier')} />
      </>
    )
  if (blocks.length === 0) return <p>{words('libraryEntry.diff.same')}</p>
  return (
    <>
      <p class="hint">
        {say('libraryEntry.diff.legend', { del: (text) => <del>{text}</del>, ins: (text) => <ins>{text}</ins> })}
      </p>
      <section class="text compare" aria-label={words('libraryEntry.diff.label')}>
        {blocks.map((block, index) => (
          <BlockView block={block} key={index} />
        ))}
      </section>
    </>
  )
}

function BlockView({ block }: { block: DiffBlock }) {
  if (block.kind === 'folded') return <Folded block={block} />
  if (block.kind === 'same')
    return (
      <div class="text-piece" dir="auto">
        {block.text}
      </div>
    )
  return (
    <div class="text-piece compare-changed" dir="auto">
      {block.spans.map((span, index) => (
        <SpanView span={span} key={index} />
      ))}
    </div>
  )
}

function SpanView({ span: { kind, text } }: { span: DiffSpan }) {
  if (kind === 'same') return text
  const slots = {
    text: text.trim() === '' ? <span class="compare-space">{visibleSpace(text)}</span> : text,
    hidden: (words: string) => <span class="unseen">{words}</span>,
  }
  return kind === 'removed' ? (
    <del>{say('libraryEntry.diff.removed', slots)}</del>
  ) : (
    <ins>{say('libraryEntry.diff.added', slots)}</ins>
  )
}

/** White space alone would be invisible. */
function visibleSpace(text: string): string {
  return text.replaceAll(' ', '·').replaceAll('\t', '→').replaceAll('\n', '¶\n')
}

function Folded({ block }: { block: Extract<DiffBlock, { kind: 'folded' }> }) {
  const open = useSignal(false)
  if (open.value)
    return (
      <div class="text-piece" dir="auto">
        {block.text}
      </div>
    )
  return (
    <button
      type="button"
      class="fold"
      onClick={() => {
        open.value = true
      }}
    >
      {counted('libraryEntry.diff.folded', { n: block.lines })}
    </button>
  )
}
