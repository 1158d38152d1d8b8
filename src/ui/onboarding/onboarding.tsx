// The onboarding tab: making the vault, or by its address recovering it by its recovery key (#recover) or by shares
// (#shares), replacing its recovery key (#renew), bringing it back from a backup (#restore), joining one that is on
// another device (#join), or bringing one over from another browser (#pair).

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../parts/page.tsx'
import { VaultRemoved } from '../parts/vaultRemoved.tsx'
import { useVault } from '../vault.ts'
import { closeThis, openTab } from '../windows.ts'
import { ByShares } from './byShares.tsx'
import { Create } from './create.tsx'
import { Join } from './join.tsx'
import { Pair } from './pair.tsx'
import { Recover } from './recover.tsx'
import { Renew } from './renew.tsx'
import { RestoreVault } from './restoreVault.tsx'

const ways = ['create', 'recover', 'shares', 'renew', 'restore', 'join', 'pair'] as const
type Way = (typeof ways)[number]
/** The ways to a vault on a device that has none. */
const replacing: ReadonlySet<Way> = new Set(['create', 'restore', 'join', 'pair'])

export function Onboarding() {
  const asked = useWay()
  const way = asked ?? 'create'
  const vault = useVault()
  /** Once begun, a way is gone to its end: making the vault must not turn into "you already have one". */
  const begun = useSignal<Way | null>(null)
  const seen = vault.seen.value
  const isHere = seen !== null && seen.vault !== 'none'
  useEffect(() => {
    // A worker cannot ask for it. With `unlimitedStorage` neither browser asks the person; the options show what came of it.
    if (isHere) void navigator.storage.persist().catch(() => undefined)
  }, [isHere])
  const begin = () => {
    begun.value = way
  }

  if (vault.trouble.value !== null && seen === null) {
    return (
      <Page>
        <Heading>Fieldseal</Heading>
        <TroubleNotice trouble={vault.trouble.value}>
          <p class="actions">
            <Button onClick={() => void vault.look()}>Try again</Button>
          </p>
        </TroubleNotice>
      </Page>
    )
  }
  if (seen === null) {
    return (
      <Page>
        <Heading>Fieldseal</Heading>
      </Page>
    )
  }
  const going = begun.value === way
  if (seen.removed && !going && (asked === null || !replacing.has(asked))) return <Removed />
  if (way === 'create' && (going || seen.vault === 'none')) return <Create vault={vault} onBegin={begin} />
  if (way === 'join' && (going || seen.vault === 'none')) return <Join vault={vault} onBegin={begin} />
  if (way === 'restore' && (going || seen.vault === 'none' || seen.unreadable))
    return <RestoreVault seen={seen} onBegin={begin} />
  if (way === 'pair' && (going || seen.vault === 'none')) return <Pair seen={seen} onBegin={begin} />
  if (way === 'create' || way === 'restore' || way === 'join' || way === 'pair') return <AlreadyThere cue={seen.cue} />
  if (!going && seen.vault === 'none') return <NothingToRecover />
  if (way === 'recover') return <Recover vault={vault} onBegin={begin} />
  if (way === 'shares') return <ByShares vault={vault} onBegin={begin} />
  return <Renew seen={seen} onBegin={begin} />
}

function AlreadyThere({ cue }: Pick<Parameters<typeof Page>[0], 'cue'>) {
  useTitle('Create your vault')
  return (
    <Page cue={cue}>
      <Heading>You already have a vault</Heading>
      <p>There is a vault on this device. It was left as it is; a second one is never made over it.</p>
      <Notice>
        <p>To open it, click Fieldseal in the browser’s toolbar and type your password.</p>
      </Notice>
      <div class="actions">
        <Button kind="main" onClick={() => void openTab('/options.html').then(closeThis)}>
          Open the options
        </Button>
        <a href="#recover">Forgot your password?</a>
      </div>
    </Page>
  )
}

function Removed() {
  useTitle('Your vault is gone')
  return (
    <Page>
      <Heading>Your vault is gone</Heading>
      <VaultRemoved inTab />
    </Page>
  )
}

function NothingToRecover() {
  useTitle('Recover your vault')
  return (
    <Page>
      <Heading>There is no vault here</Heading>
      <p>
        A recovery key opens the vault it was made for. There is none on this device, or in this browser profile. If you
        have made one elsewhere, use your recovery key there.
      </p>
      <p class="actions">
        <a href="#create">Create a vault</a>
        <a href="#restore">Restore from a backup file</a>
        <a href="#join">Join one from another device</a>
        <a href="#pair">Pair with another browser</a>
      </p>
    </Page>
  )
}

/** Null where the address names none. */
function useWay(): Way | null {
  const hash = useSignal(location.hash)
  useEffect(() => {
    const follow = () => {
      hash.value = location.hash
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [hash])
  return ways.find((way) => hash.value === `#${way}`) ?? null
}
