// What a person sees of showing this vault to another browser: the code to type there, how long it is shown, and what to take
// there: moving pictures, a file, or a text.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Button, Progress } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy.tsx'
import { Letters } from '../parts/letters.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { dayOf, saveFile } from '../saveFile.ts'
import { Moving } from './moving.tsx'
import { Offer, type Shown } from './offer.ts'
import { leftWords } from './words.ts'

const tickMs = 250
/** Longer texts are no use in a clipboard. */
const copiedCharsAtMost = 100_000

export function Show({ onEnd }: { onEnd: () => void }) {
  const offer = useSignal(new Offer()).value
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = offer.shown.value
  useEffect(() => {
    void offer.show()
    return () => offer.hide()
  }, [offer])
  useEffect(() => heading.current?.focus(), [shown === null])
  return (
    <section class="pairing" aria-labelledby="show-vault">
      <h4 id="show-vault" ref={heading} tabIndex={-1}>
        Show this vault to another browser
      </h4>
      <p>
        In the other browser, choose “Pair with another browser”, in Fieldseal’s options or where a vault is made. Bring
        over the moving pictures, the file or the text below. Then type this code there, and the password or recovery
        key of this vault.
      </p>
      {shown === null ? null : <Code key={shown.code} offer={offer} shown={shown} />}
      {offer.over.value ? (
        <Notice>
          <p role="status">
            The five minutes are over: the code and the pictures are gone from here. A new code comes with new pictures,
            and the old ones do not go with it.
          </p>
        </Notice>
      ) : null}
      <Progress busy={offer.deed.busy.value} label="Sealing the vault" />
      <TroubleNotice trouble={offer.deed.trouble.value} />
      <p class="actions">
        <Button busy={offer.deed.busy.value} onClick={() => void offer.show()}>
          Show a new code
        </Button>
        <Button kind="quiet" onClick={onEnd}>
          Stop showing
        </Button>
      </p>
      <p class="hint">
        Don’t send the code along with the file or text. Whoever has both can start guessing at your password, also
        after the five minutes. From then on the two browsers keep the vault apart: what is changed in one comes to the
        other only by pairing them again, which merges both.
      </p>
    </section>
  )
}

function Code({ offer, shown }: { offer: Offer; shown: Shown }) {
  const saved = useSignal(false)
  const text = shown.parts.join('\n')
  const save = () => {
    saveFile(`fieldseal-pairing-${dayOf(new Date())}.txt`, [text, '\n'], 'text/plain')
    saved.value = true
  }
  return (
    <>
      <div class="key">
        <Letters text={shown.code} label="One-time code" />
        <Left offer={offer} until={shown.until} />
      </div>
      <Moving parts={shown.parts} />
      <p class="actions">
        <Button onClick={save}>Save as a file</Button>
        {text.length <= copiedCharsAtMost ? <CopyButton text={text} content="sealed" label="Copy as text" /> : null}
        <output>{saved.value ? 'Saved. Delete the file when the other browser has it.' : null}</output>
      </p>
    </>
  )
}

/** Ticks silently; what is read out is said at the beginning and when a minute is left. */
function Left({ offer, until }: { offer: Offer; until: number }) {
  const now = useSignal(Date.now())
  useEffect(() => {
    const tick = () => {
      now.value = Date.now()
      offer.tick(Date.now())
    }
    const ticking = setInterval(tick, tickMs)
    // Clocks of tabs that are out of sight hardly run.
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(ticking)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [offer, now])
  const leftMs = until - now.value
  return (
    <>
      <p class="left" role="timer">
        Shown for {leftWords(leftMs)} more
      </p>
      <p class="unseen" role="status">
        {leftMs > 60_000 ? 'The code is shown for five minutes.' : 'The code is shown for one more minute.'}
      </p>
    </>
  )
}
