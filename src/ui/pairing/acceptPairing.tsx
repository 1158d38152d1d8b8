// Accepts a vault that another browser shows. In a browser without a vault its password stores it at once; in one with a vault
// the person first sees what it would bring.

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { type WordsKey, words } from '../../words.ts'
import { writtenCode } from '../app/groups.ts'
import { Button, Progress } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { UntrustedText } from '../parts/untrustedText.tsx'
import { TypedKey, TypedKeyField } from '../recovery/typedKey.tsx'
import { Gather } from './gather.tsx'
import { OpenVault } from './openVault.tsx'
import { type AcceptanceStep, type InspectedVault, PairingAcceptance, type Secret } from './pairingAcceptance.ts'
import { aboutValues, broughtSentences } from './words.ts'

interface Props {
  /** Whether there is a vault here already. */
  readonly into: 'nothing' | 'vault'
  /** Called before anything changes. */
  readonly onBegin?: () => void
  /** `byKey`: the recovery key opened it. */
  readonly onAccepted: (byKey: boolean) => void
}

export function AcceptPairing({ into, onBegin, onAccepted }: Props) {
  const acceptance = useSignal(new PairingAcceptance()).value
  const step = acceptance.step.value
  const head = useRef<HTMLDivElement>(null)
  const first = useRef(true)
  useEffect(() => {
    // A new step is read out, and Tab goes on from it; but a field that has taken the focus keeps it.
    const typing = document.activeElement?.matches('input, textarea') === true
    if (!first.current && !typing) head.current?.querySelector<HTMLElement>('h2, h4')?.focus()
    first.current = false
  }, [step.kind])
  useEffect(() => () => acceptance.restart(), [acceptance])
  const accept = async (secret?: Secret) => {
    onBegin?.()
    const accepted = await acceptance.accept(secret)
    if (accepted) onAccepted(secret?.kind === 'recovery')
    return accepted
  }
  return (
    <div class="pairing" ref={head}>
      <Step step={step} into={into} />
      {step.kind === 'gathering' ? <Gather acceptance={acceptance} /> : null}
      {step.kind === 'code' ? <TypeCode acceptance={acceptance} /> : null}
      {step.kind === 'closed' ? (
        <>
          <About about={step.about} />
          <OpenVault
            task={acceptance.task}
            label={into === 'nothing' ? words('pairing.open.accept') : words('pairing.open.open')}
            onSecret={(secret) => (into === 'nothing' ? accept(secret) : acceptance.open(secret))}
            onCancel={() => acceptance.restart()}
          />
        </>
      ) : null}
      {step.kind === 'opened' ? (
        <>
          <About about={step.about} />
          <ul class="lines">
            {broughtSentences(step.about).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <ErrorNotice error={acceptance.task.error.value} />
          <p class="actions">
            {step.about.brings.changesVault ? (
              <Button kind="main" busy={acceptance.task.busy.value} onClick={() => void accept()}>
                {step.about.whose === 'foreign' ? words('pairing.vault.addKeys') : words('pairing.vault.merge')}
              </Button>
            ) : null}
            <Button kind="quiet" onClick={() => acceptance.restart()}>
              {step.about.brings.changesVault ? words('pairing.vault.cancel') : words('pairing.vault.again')}
            </Button>
            <Progress busy={acceptance.task.busy.value} label={words('pairing.vault.accepting')} />
          </p>
        </>
      ) : null}
    </div>
  )
}

const titleKeys = {
  gathering: 'pairing.gather.title',
  code: 'pairing.code.title',
  closed: 'pairing.open.title',
  opened: 'pairing.vault.title',
  done: 'pairing.done.title',
} as const satisfies Record<AcceptanceStep['kind'], WordsKey>

function Step({ step, into }: { step: AcceptanceStep; into: Props['into'] }) {
  const Title = into === 'nothing' ? 'h2' : 'h4'
  const title = <Title tabIndex={-1}>{words(titleKeys[step.kind])}</Title>
  if (step.kind !== 'done') return title
  return <Done title={title} into={into} />
}

function Done({ title, into }: { title: ComponentChildren; into: Props['into'] }) {
  return (
    <Notice kind="done">
      {title}
      <p>{into === 'nothing' ? words('pairing.done.stored') : words('pairing.done.merged')}</p>
    </Notice>
  )
}

/** The other browser chose the name, so it is untrusted. */
function About({ about }: { about: InspectedVault }) {
  return (
    <p>{say('pairing.vault.about', { name: <UntrustedText>{about.name}</UntrustedText>, ...aboutValues(about) })}</p>
  )
}

function TypeCode({ acceptance }: { acceptance: PairingAcceptance }) {
  const typed = useMemo(() => new TypedKey(writtenCode, (request) => call('checkPairingCode', request)), [])
  const { task } = acceptance
  const submit = async (event: Event) => {
    event.preventDefault()
    if (task.busy.value) return
    const code = await typed.take().catch(() => null)
    if (code !== null && !(await acceptance.enterCode(code))) typed.box.current?.select()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>{words('pairing.code.what')}</p>
      <TypedKeyField typedKey={typed} busy={task.busy.value} />
      <ErrorNotice error={task.error.value} />
      <p class="actions">
        <Button kind="main" submits busy={task.busy.value}>
          {words('pairing.code.continue')}
        </Button>
        <Button kind="quiet" onClick={() => acceptance.restart()}>
          {words('pairing.code.again')}
        </Button>
      </p>
    </form>
  )
}
