// The options tab: how the vault is unlocked and locked, how it is got back and kept, sites, and what Fieldseal protects.

import { call } from '../../messages/call.ts'
import { Backup } from '../backup/section.tsx'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'
import { NoVault } from '../parts/noVault.tsx'
import { Heading, Page } from '../parts/page.tsx'
import { Shortcuts } from '../parts/shortcuts.tsx'
import { UnlockFirst } from '../parts/unlockFirst.tsx'
import { VaultRemoved } from '../parts/vaultRemoved.tsx'
import { useRecovery } from '../recoveryNews.ts'
import { useVault } from '../vault.ts'
import { useActs } from './actCard.tsx'
import { ChangePassword } from './changePassword.tsx'
import { ClipboardCard } from './clipboardCard.tsx'
import { Contents } from './contents.tsx'
import { Keys } from './keys.tsx'
import { LibraryCard } from './libraryCard.tsx'
import { Locking } from './locking.tsx'
import { OtherDevices } from './otherDevices.tsx'
import { Protects } from './protects.tsx'
import { RecoveryKeyCard } from './recoveryKeyCard.tsx'
import { type SharesAct, SharesCard } from './sharesCard.tsx'
import { Sites } from './sites.tsx'
import { SpellingCard } from './spellingCard.tsx'
import { VaultName } from './vaultName.tsx'
import { Ways } from './ways.tsx'

export function Options() {
  const vault = useVault()
  const recovery = useRecovery(vault)
  const sharing = useActs<SharesAct>({ '#shares': null })
  const locking = useDeed()
  const seen = vault.seen.value
  const lock = () =>
    void locking.run('lock', async () => {
      await call('lock', {})
      await vault.look()
    })
  const lockButton =
    seen?.vault === 'unlocked' ? (
      <Button onClick={lock} busy={locking.busy.value}>
        Lock
      </Button>
    ) : null

  return (
    <Page cue={seen?.cue} aside={lockButton}>
      <Heading>Options</Heading>
      {seen === null ? null : <Contents vault={seen.vault} />}
      <TroubleNotice trouble={vault.trouble.value ?? locking.trouble.value} />
      {seen?.vault === 'none' && !seen.removed ? <NoVault>There is no vault on this device yet.</NoVault> : null}
      {seen?.removed ? <VaultRemoved /> : null}
      {seen?.vault === 'locked' ? <UnlockFirst>The vault is locked.</UnlockFirst> : null}
      {seen !== null && seen.vault !== 'none' ? (
        <>
          <TroubleNotice trouble={recovery.trouble.value} />
          <ChangePassword />
          <Ways seen={seen} />
          <Locking unlocked={seen.vault === 'unlocked'} />
          <LibraryCard key={`library-${seen.vault}`} unlocked={seen.vault === 'unlocked'} />
          <RecoveryKeyCard unlocked={seen.vault === 'unlocked'} due={seen.renewRecovery} recovery={recovery} />
          <SharesCard unlocked={seen.vault === 'unlocked'} recovery={recovery} acts={sharing} />
          {seen.vault === 'unlocked' ? <VaultName recovery={recovery} /> : null}
          <Backup seen={seen} look={() => void vault.look()} />
          <OtherDevices key={seen.vault} seen={seen} />
          <Keys unlocked={seen.vault === 'unlocked'} onMakeShares={() => sharing.begin('making')} />
        </>
      ) : null}
      {seen === null ? null : <ClipboardCard />}
      {seen === null ? null : <SpellingCard />}
      {seen === null ? null : <Sites key={seen.vault} />}
      <section class="card" aria-labelledby="keys">
        <h2 id="keys">Keyboard shortcuts</h2>
        <Shortcuts />
        <p class="hint">
          Change them at <code>chrome://extensions/shortcuts</code>, in Firefox at <code>about:addons</code> under
          “Manage Extension Shortcuts”.
        </p>
      </section>
      <Protects />
    </Page>
  )
}
