// What stands where there was a vault on this device, and the browser has removed its data.

import { useFound } from '../found.ts'
import { closeThis, openTab, type Place } from '../windows.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { PlaceLink } from './placeLink.tsx'

interface Way {
  readonly place: Place
  readonly words: string
}

const restore: Way = { place: '/onboarding.html#restore', words: 'Restore a backup file' }
const join: Way = { place: '/onboarding.html#join', words: 'Join from another device' }
const pair: Way = { place: '/onboarding.html#pair', words: 'Pair with another browser' }
const create: Way = { place: '/onboarding.html#create', words: 'Start over with a new vault' }

/** `inTab`: it stands in the onboarding tab itself. Elsewhere a way opens that tab, and the window that it was chosen in closes. */
export function VaultRemoved({ inTab = false }: { inTab?: boolean }) {
  const synced = useFound() === 'vault'
  const [first, second] = synced ? [join, restore] : [restore, join]
  const go = async ({ place }: Way) => {
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
        <p>
          The browser removed your vault’s data from this device. Browsers do that when the disk is nearly full, or when
          a program cleans up after them.
        </p>
        <p>
          What you sealed is still on the websites. To read it again, bring your vault back: a new vault can’t open it.
        </p>
        {synced ? <p>Your vault is still in the browser’s sync.</p> : null}
      </Notice>
      <div class="actions">
        <Button kind="main" onClick={() => void go(first)}>
          {first.words}
        </Button>
        {[second, pair, create].map((way) =>
          inTab ? (
            <a key={way.place} href={new URL(way.place, location.origin).hash}>
              {way.words}
            </a>
          ) : (
            <PlaceLink key={way.place} to={way.place}>
              {way.words}
            </PlaceLink>
          ),
        )}
      </div>
    </div>
  )
}
