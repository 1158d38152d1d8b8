// What a person sees of taking in what another browser shows. In a browser without a vault its password stores it at once; in
// one with a vault it is said first what it would bring.

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { writtenCode } from '../groups.ts'
import { Button, Progress } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { TypedKey, TypedKeyField } from '../typedKey.tsx'
import { Gather } from './gather.tsx'
import { OpenVault } from './openVault.tsx'
import { type Looked, type Scene, type Secret, Taking } from './taking.ts'
import { aboutWords, broughtSentences } from './words.ts'

interface Props {
  /** Whether there is a vault here already. */
  readonly into: 'nothing' | 'vault'
  /** Before anything is changed. */
  readonly onBegin?: () => void
  /** `byKey`: it was opened by its recovery key. */
  readonly onTaken: (byKey: boolean) => void
}

export function Take({ into, onBegin, onTaken }: Props) {
  const taking = useSignal(new Taking()).value
  const scene = taking.scene.value
  const head = useRef<HTMLDivElement>(null)
  const first = useRef(true)
  useEffect(() => {
    // A new step is read out, and Tab goes on from it; but a field that has taken the focus keeps it.
    const typing = document.activeElement?.matches('input, textarea') === true
    if (!first.current && !typing) head.current?.querySelector<HTMLElement>('h2, h4')?.focus()
    first.current = false
  }, [scene.at])
  useEffect(() => () => taking.again(), [taking])
  const take = async (secret?: Secret) => {
    onBegin?.()
    const taken = await taking.take(secret)
    if (taken) onTaken(secret?.kind === 'recovery')
    return taken
  }
  return (
    <div class="pairing" ref={head}>
      <Step scene={scene} into={into} />
      {scene.at === 'gathering' ? <Gather taking={taking} /> : null}
      {scene.at === 'code' ? <TypeCode taking={taking} /> : null}
      {scene.at === 'closed' ? (
        <>
          <About about={scene.about} />
          <OpenVault
            deed={taking.deed}
            label={into === 'nothing' ? 'Take it in' : 'Open it'}
            onSecret={(secret) => (into === 'nothing' ? take(secret) : taking.open(secret))}
            onCancel={() => taking.again()}
          />
        </>
      ) : null}
      {scene.at === 'opened' ? (
        <>
          <About about={scene.about} />
          <ul class="lines">
            {broughtSentences(scene.about).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <TroubleNotice trouble={taking.deed.trouble.value} />
          <p class="actions">
            {scene.about.brings.changesVault ? (
              <Button kind="main" busy={taking.deed.busy.value} onClick={() => void take()}>
                {scene.about.whose === 'foreign' ? 'Add its keys' : 'Merge'}
              </Button>
            ) : null}
            <Button kind="quiet" onClick={() => taking.again()}>
              {scene.about.brings.changesVault ? 'Cancel' : 'Start again'}
            </Button>
            <Progress busy={taking.deed.busy.value} label="Taking it in" />
          </p>
        </>
      ) : null}
    </div>
  )
}

const titles: Readonly<Record<Scene['at'], string>> = {
  gathering: 'Bring it over',
  code: 'Type the one-time code',
  closed: 'What opens this vault?',
  opened: 'What this vault brings',
  done: 'Paired',
}

function Step({ scene, into }: { scene: Scene; into: Props['into'] }) {
  const Title = into === 'nothing' ? 'h2' : 'h4'
  const title = <Title tabIndex={-1}>{titles[scene.at]}</Title>
  if (scene.at !== 'done') return title
  return <Done title={title} into={into} />
}

function Done({ title, into }: { title: ComponentChildren; into: Props['into'] }) {
  return (
    <Notice kind="done">
      {title}
      <p>
        {into === 'nothing'
          ? 'Your vault is in this browser now, and unlocked.'
          : 'What the other browser showed is in the vault here now.'}{' '}
        The two keep apart from now on: pair them again to bring over what was changed since.
      </p>
    </Notice>
  )
}

/** Whoever shows a vault has named it. */
function About({ about }: { about: Looked }) {
  return (
    <p>
      “<Foreign>{about.name}</Foreign>”, {aboutWords(about)}
    </p>
  )
}

function TypeCode({ taking }: { taking: Taking }) {
  const typed = useMemo(() => new TypedKey(writtenCode, (asked) => call('checkPairingCode', asked)), [])
  const { deed } = taking
  const submit = async (event: Event) => {
    event.preventDefault()
    if (deed.busy.value) return
    const code = await typed.take().catch(() => null)
    if (code !== null && !(await taking.giveCode(code))) typed.box.current?.select()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>It stands above the pictures in the other browser, for five minutes. It is good for these very pictures.</p>
      <TypedKeyField typedKey={typed} busy={deed.busy.value} />
      <TroubleNotice trouble={deed.trouble.value} />
      <p class="actions">
        <Button kind="main" submits busy={deed.busy.value}>
          Continue
        </Button>
        <Button kind="quiet" onClick={() => taking.again()}>
          Start again
        </Button>
      </p>
    </form>
  )
}
