// Shown where the browser has removed the data of a vault on this device.

import { type PlainKey, words } from '../../words.ts'
import { useFoundVault } from '../app/foundVault.ts'
import { closeThis, type OwnPage, openTab } from '../app/windows.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { OwnPageLink } from './placeLink.tsx'

interface NextStep {
  readonly place: OwnPage
  readonly label: PlainKey
}

const restore: NextStep = { place: '/onboarding.html#restore', label: 'app.vaultRemoved.restore' }
const join: NextStep = { place: '/onboarding.html#join', label: 'app.vaultRemoved.join' }
const pair: NextStep = { place: '/onboarding.html#pair', label: 'app.vaultRemoved.pair' }
const create: NextStep = { place: '/onboarding.html#create', label: 'app.vaultRemoved.create' }

/** `inTab`: in the onboarding tab itself. Elsewhere a step opens that tab and closes this window. */
export function VaultRemoved({ inTab = false }: { inTab?: boolean }) {
  const synced = useFoundVault() === 'vault'
  const [first, second] = synced ? [join, restore] : [restore, join]
  const openStep = async ({ place }: NextStep) => {
    if (inTab) {
      location.hash = new URL(place, location.origin).hash
      return
    }
    await openTab(place)
    await closeThis()
  }
  return (
    <div>
      <Notice kind="warning">
        <p>{words('app.vaultRemoved.what')}</p>
        <p>{words('app.vaultRemoved.stillSealed')}</p>
        {synced ? <p>{words('app.vaultRemoved.inSync')}</p> : null}
      </Notice>
      <div class="actions">
        <Button kind="main" onClick={() => void openStep(first)}>
          {words(first.label)}
        </Button>
        {[second, pair, create].map(({ place, label }) =>
          inTab ? (
            <a key={place} href={new URL(place, location.origin).hash}>
              {words(label)}
            </a>
          ) : (
            <OwnPageLink key={place} to={place}>
              {words(label)}
            </OwnPageLink>
          ),
        )}
      </div>
    </div>
  )
}
