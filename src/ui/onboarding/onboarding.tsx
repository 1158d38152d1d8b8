// The onboarding tab: making the vault, or by its address recovering it by its recovery key (#recover) or by shares
// (#shares), replacing its recovery key (#renew), bringing it back from a backup (#restore), joining one that is on
// another device (#join), or bringing one over from another browser (#pair).

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { words } from '../../words.ts'
import { useVault } from '../app/vault.ts'
import { closeThis, openTab } from '../app/windows.ts'
import { Button } from '../parts/button.tsx'
import { ErrorNotice, Notice } from '../parts/notice.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import { VaultRemoved } from '../window/vaultRemoved.tsx'
import { ByShares } from './byShares.tsx'
import { Create } from './create.tsx'
import { Join } from './join.tsx'
import { Pair } from './pair.tsx'
import { Recover } from './recover.tsx'
import { Renew } from './renew.tsx'
import { RestoreVault } from './restoreVault.tsx'

const routes = ['create', 'recover', 'shares', 'renew', 'restore', 'join', 'pair'] as const
type Route = (typeof routes)[number]
/** The routes to a vault on a device that has none. */
const newVaultRoutes: ReadonlySet<Route> = new Set(['create', 'restore', 'join', 'pair'])

export function Onboarding() {
  const routeInAddress = useRoute()
  const route = routeInAddress ?? 'create'
  const vault = useVault()
  /** A route that the person has started is shown to its end: making the vault must not turn into "you already have one". */
  const startedRoute = useSignal<Route | null>(null)
  const seen = vault.seen.value
  const isHere = seen !== null && seen.vault !== 'none'
  useEffect(() => {
    // A worker cannot ask for it. With `unlimitedStorage` neither browser asks the person; the options show what came of it.
    if (isHere) void navigator.storage.persist().catch(() => undefined)
  }, [isHere])
  const startRoute = () => {
    startedRoute.value = route
  }

  if (vault.error.value !== null && seen === null) {
    return (
      <Page>
        <Heading>{words('extension.name')}</Heading>
        <ErrorNotice error={vault.error.value}>
          <p class="actions">
            <Button onClick={() => void vault.look()}>{words('app.tryAgain')}</Button>
          </p>
        </ErrorNotice>
      </Page>
    )
  }
  if (seen === null) {
    return (
      <Page>
        <Heading>{words('extension.name')}</Heading>
      </Page>
    )
  }
  const isStarted = startedRoute.value === route
  if (seen.removed && !isStarted && (routeInAddress === null || !newVaultRoutes.has(routeInAddress))) return <Removed />
  if (route === 'create' && (isStarted || seen.vault === 'none')) return <Create vault={vault} onBegin={startRoute} />
  if (route === 'join' && (isStarted || seen.vault === 'none')) return <Join vault={vault} onBegin={startRoute} />
  if (route === 'restore' && (isStarted || seen.vault === 'none' || seen.unreadable))
    return <RestoreVault seen={seen} onBegin={startRoute} />
  if (route === 'pair' && (isStarted || seen.vault === 'none')) return <Pair seen={seen} onBegin={startRoute} />
  if (route === 'create' || route === 'restore' || route === 'join' || route === 'pair')
    return <AlreadyThere cue={seen.cue} />
  if (!isStarted && seen.vault === 'none') return <NothingToRecover />
  if (route === 'recover') return <Recover vault={vault} onBegin={startRoute} />
  if (route === 'shares') return <ByShares vault={vault} onBegin={startRoute} />
  return <Renew seen={seen} onBegin={startRoute} />
}

function AlreadyThere({ cue }: Pick<Parameters<typeof Page>[0], 'cue'>) {
  useTitle(words('onboarding.create.title'))
  return (
    <Page cue={cue}>
      <Heading>{words('onboarding.haveVault.heading')}</Heading>
      <p>{words('onboarding.haveVault.what')}</p>
      <Notice>
        <p>{words('onboarding.haveVault.howToOpen')}</p>
      </Notice>
      <div class="actions">
        <Button kind="main" onClick={() => void openTab('/options.html').then(closeThis)}>
          {words('onboarding.haveVault.openOptions')}
        </Button>
        <a href="#recover">{words('onboarding.haveVault.forgot')}</a>
      </div>
    </Page>
  )
}

function Removed() {
  useTitle(words('onboarding.vaultGone'))
  return (
    <Page>
      <Heading>{words('onboarding.vaultGone')}</Heading>
      <VaultRemoved inTab />
    </Page>
  )
}

function NothingToRecover() {
  useTitle(words('onboarding.recover.title'))
  return (
    <Page>
      <Heading>{words('onboarding.noVault.heading')}</Heading>
      <p>{words('onboarding.noVault.what')}</p>
      <p class="actions">
        <a href="#create">{words('onboarding.noVault.create')}</a>
        <a href="#restore">{words('onboarding.noVault.restore')}</a>
        <a href="#join">{words('onboarding.noVault.join')}</a>
        <a href="#pair">{words('onboarding.noVault.pair')}</a>
      </p>
    </Page>
  )
}

/** Null where the address names none. */
function useRoute(): Route | null {
  const hash = useSignal(location.hash)
  useEffect(() => {
    const follow = () => {
      hash.value = location.hash
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [hash])
  return routes.find((route) => hash.value === `#${route}`) ?? null
}
