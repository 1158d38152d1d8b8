// Makes shares: asks how many and for whom, then shows each on a sheet of its own. They are in force once the person confirms that they
// are handed out; until then only this tab's memory has them, and a set made before works.

import { useSignal } from '@preact/signals'
import { call } from '../../../messages/call.ts'
import { useTask } from '../../app/task.ts'
import type { ShareSheetDetails } from '../../recovery/shareSheet.ts'
import { callWithProof, requireProofFirst } from '../../secrets/proof.tsx'
import { ChooseShares, type ChosenShares, type SharesBefore } from './chooseShares.tsx'
import { HandOut } from './handOut.tsx'

interface Props {
  readonly vaultName: string
  /** The set that was in force last; the new one is for the same people. */
  readonly before: SharesBefore | null
  /** Whether that set is still in force. */
  readonly replaces: boolean
  readonly onDone: () => void
  readonly onCancel: () => void
}

interface Made {
  readonly shares: readonly string[]
  readonly names: readonly string[]
  readonly papers: readonly ShareSheetDetails[]
}

export function MakeShares({ vaultName, before, replaces, onDone, onCancel }: Props) {
  const made = useSignal<Made | null>(null)
  const making = useTask()
  const keeping = useTask()

  const make = ({ threshold, names }: ChosenShares) =>
    void making.run('share', async () => {
      await requireProofFirst()
      const { shares } = await call('proposeShares', { threshold, count: names.length })
      const same = { threshold, count: shares.length, vaultName, madeAt: new Date() }
      const papers = shares.map((share, index) => ({ share, number: index + 1, holder: names[index] ?? '', ...same }))
      made.value = { shares, names, papers }
    })
  const keep = async ({ shares, names }: Made) => {
    const kept = await keeping.run('share', async () => {
      await callWithProof('replaceShares', { shares: [...shares], names: [...names] })
    })
    if (kept) onDone()
  }

  const current = made.value
  if (current === null) return <ChooseShares before={before} task={making} onChosen={make} onCancel={onCancel} />
  return (
    <HandOut
      papers={current.papers}
      replaces={replaces}
      task={keeping}
      onConfirmed={() => void keep(current)}
      onCancel={onCancel}
    />
  )
}
