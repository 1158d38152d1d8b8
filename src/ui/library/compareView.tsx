// What was changed between two texts. Said in words too, for whoever does not see the colours or hears the screen.

import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { type Block, compare, type Piece } from './comparing.ts'
import { TextView } from './textView.tsx'
import { counted } from './words.ts'

export function CompareView({ before, after }: { before: string; after: string }) {
  const blocks = useMemo(() => compare(before, after), [before, after])
  if (blocks === null)
    return (
      <>
        <p>The two texts have too little in common to be compared word by word. This is the earlier one:</p>
        <TextView text={before} label="The earlier text" />
      </>
    )
  if (blocks.length === 0) return <p>The two texts are the same, letter by letter.</p>
  return (
    <>
      <p class="hint">
        <del>Crossed out</del>: taken out since. <ins>Underlined</ins>: put in since.
      </p>
      <section class="text compare" aria-label="What was changed since">
        {blocks.map((block, nth) => (
          <BlockView block={block} key={nth} />
        ))}
      </section>
    </>
  )
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'folded') return <Folded block={block} />
  if (block.kind === 'same')
    return (
      <div class="text-piece" dir="auto">
        {block.text}
      </div>
    )
  return (
    <div class="text-piece compare-changed" dir="auto">
      {block.pieces.map((piece, nth) => (
        <PieceView piece={piece} key={nth} />
      ))}
    </div>
  )
}

function PieceView({ piece: { kind, text } }: { piece: Piece }) {
  if (kind === 'same') return text
  const words = text.trim() === '' ? <span class="compare-space">{shownSpace(text)}</span> : text
  return kind === 'removed' ? (
    <del>
      <span class="unseen">Taken out: </span>
      {words}
      <span class="unseen">. </span>
    </del>
  ) : (
    <ins>
      <span class="unseen">Put in: </span>
      {words}
      <span class="unseen">. </span>
    </ins>
  )
}

/** White space alone would be invisible. */
function shownSpace(text: string): string {
  return text.replaceAll(' ', '·').replaceAll('\t', '→').replaceAll('\n', '¶\n')
}

function Folded({ block }: { block: Extract<Block, { kind: 'folded' }> }) {
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
      {counted(block.lines, 'line that is', 'lines that are')} the same
    </button>
  )
}
