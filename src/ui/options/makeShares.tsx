// Making shares: how many and for whom, then each on a sheet of its own. Nothing is in force before it is confirmed that
// they were handed out; until then the shares are in this tab's memory alone, and a set made before goes on working.

import { useSignal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { callProved, proveFirst } from '../proof.tsx'
import type { SharePaper } from '../shareSheet.ts'
import { ChooseShares, type Chosen, type SharesBefore } from './chooseShares.tsx'
import { HandOut } from './handOut.tsx'

interface Props {
  readonly vaultName: string
  /** The set that was in force last, whose people are to have the new one. */
  readonly before: SharesBefore | null
  /** Whether it is in force until the new one is. */
  readonly replaces: boolean
  readonly onDone: () => void
  readonly onCancel: () => void
}

interface Made {
  readonly shares: readonly string[]
  readonly names: readonly string[]
  readonly papers: readonly SharePaper[]
}

export function MakeShares({ vaultName, before, replaces, onDone, onCancel }: Props) {
  const made = useSignal<Made | null>(null)
  const making = useDeed()
  const keeping = useDeed()

  const make = ({ threshold, names }: Chosen) =>
    void making.run('share', async () => {
      await proveFirst()
      const { shares } = await call('proposeShares', { threshold, count: names.length })
      const same = { threshold, count: shares.length, vaultName, at: new Date() }
      const papers = shares.map((share, at) => ({ share, number: at + 1, holder: names[at] ?? '', ...same }))
      made.value = { shares, names, papers }
    })
  const keep = async ({ shares, names }: Made) => {
    const kept = await keeping.run('share', async () => {
      await callProved('keepShares', { shares: [...shares], names: [...names] })
    })
    if (kept) onDone()
  }

  const now = made.value
  if (now === null) return <ChooseShares before={before} deed={making} onChosen={make} onCancel={onCancel} />
  return (
    <HandOut
      papers={now.papers}
      replaces={replaces}
      deed={keeping}
      onConfirmed={() => void keep(now)}
      onCancel={onCancel}
    />
  )
}
