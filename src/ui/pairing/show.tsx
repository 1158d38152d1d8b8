// Shows this vault to another browser: the code to type there, how long it stays, and what carries the vault: moving pictures, a
// file, or a text.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { msPerMinute } from '../../time.ts'
import { words } from '../../words.ts'
import { formatCountdown } from '../app/format.ts'
import { dayOf, saveFile } from '../app/saveFile.ts'
import { CopyButton } from '../copying/copy.tsx'
import { Button, Progress } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { Letters } from '../recovery/letters.tsx'
import { Offer, type OfferedVault } from './offer.ts'
import { QrSequence } from './qr/qrSequence.tsx'

const tickMs = 250
/** Longer texts are no use in a clipboard. */
const maxCopiedChars = 100_000

export function ShowVault({ onEnd }: { onEnd: () => void }) {
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
        {words('pairing.show.title')}
      </h4>
      <p>{words('pairing.show.howTo', { button: words('pairing.section.take') })}</p>
      {shown === null ? null : <Code key={shown.code} offer={offer} shown={shown} />}
      {offer.over.value ? (
        <Notice>
          <p role="status">{words('pairing.show.over')}</p>
        </Notice>
      ) : null}
      <Progress busy={offer.task.busy.value} label={words('pairing.show.sealing')} />
      <ErrorNotice error={offer.task.error.value} />
      <p class="actions">
        <Button busy={offer.task.busy.value} onClick={() => void offer.show()}>
          {words('pairing.show.newCode')}
        </Button>
        <Button kind="quiet" onClick={onEnd}>
          {words('pairing.show.stop')}
        </Button>
      </p>
      <p class="hint">{words('pairing.show.apart')}</p>
    </section>
  )
}

function Code({ offer, shown }: { offer: Offer; shown: OfferedVault }) {
  const saved = useSignal(false)
  const text = shown.parts.join('\n')
  const save = () => {
    saveFile(`fieldseal-pairing-${dayOf(new Date())}.txt`, [text, '\n'], 'text/plain')
    saved.value = true
  }
  return (
    <>
      <div class="key">
        <Letters text={shown.code} label={words('pairing.show.code')} />
        <TimeLeft offer={offer} until={shown.until} />
      </div>
      <QrSequence parts={shown.parts} />
      <p class="actions">
        <Button onClick={save}>{words('pairing.show.save')}</Button>
        {text.length <= maxCopiedChars ? (
          <CopyButton text={text} content="sealed" label={words('pairing.show.copy')} />
        ) : null}
        <output>{saved.value ? words('pairing.show.saved') : null}</output>
      </p>
    </>
  )
}

/** Ticks silently; what is read out is said at the beginning and when a minute is left. */
function TimeLeft({ offer, until }: { offer: Offer; until: number }) {
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
        {words('pairing.show.shownFor', { clock: formatCountdown(leftMs) })}
      </p>
      <p class="unseen" role="status">
        {leftMs > msPerMinute ? words('pairing.show.fiveMinutes') : words('pairing.show.oneMinute')}
      </p>
    </>
  )
}
