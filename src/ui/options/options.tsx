// The options tab: how the vault unlocks and locks, its recovery and its copies, sites, and what Fieldseal protects.

import { call } from '../../messages/call.ts'
import { words } from '../../words.ts'
import { useTask } from '../app/task.ts'
import { useVault } from '../app/vault.ts'
import { Backup } from '../backup/section.tsx'
import { Button } from '../parts/button.tsx'
import { ErrorNotice } from '../parts/notice.tsx'
import { say } from '../parts/say.tsx'
import { useRecovery } from '../recovery/recoveryStatus.ts'
import { NoVault } from '../window/noVault.tsx'
import { Heading, Page, useTitle } from '../window/page.tsx'
import { Shortcuts } from '../window/shortcuts.tsx'
import { UnlockFirst } from '../window/unlockFirst.tsx'
import { VaultRemoved } from '../window/vaultRemoved.tsx'
import { ChangePassword } from './access/changePassword.tsx'
import { Keys } from './access/keys.tsx'
import { UnlockMethods } from './access/unlockMethods.tsx'
import { AutoLockCard } from './autoLock.tsx'
import { ClipboardCard } from './clipboardCard.tsx'
import { Contents } from './contents.tsx'
import { LibraryCard } from './libraryCard.tsx'
import { Protects } from './protects.tsx'
import { useCardAction } from './recovery/actionCard.tsx'
import { RecoveryKeyCard } from './recovery/recoveryKeyCard.tsx'
import { type SharesAction, SharesCard } from './recovery/sharesCard.tsx'
import { Sites } from './sites/sites.tsx'
import { SpellingCard } from './spellingCard.tsx'
import { SyncCard } from './sync.tsx'
import { VaultName } from './vaultName.tsx'

export function Options() {
  useTitle(words('options.heading'))
  const vault = useVault()
  const recovery = useRecovery(vault)
  const sharing = useCardAction<SharesAction>({ '#shares': null })
  const locking = useTask()
  const seen = vault.seen.value
  const lock = () =>
    void locking.run('lock', async () => {
      await call('lock', {})
      await vault.look()
    })
  const lockButton =
    seen?.vault === 'unlocked' ? (
      <Button onClick={lock} busy={locking.busy.value}>
        {words('options.lock')}
      </Button>
    ) : null

  return (
    <Page cue={seen?.cue} aside={lockButton}>
      <Heading>{words('options.heading')}</Heading>
      {seen === null ? null : <Contents vault={seen.vault} />}
      <ErrorNotice error={vault.error.value ?? locking.error.value} />
      {seen?.vault === 'none' && !seen.removed ? <NoVault>{words('options.noVault')}</NoVault> : null}
      {seen?.removed ? <VaultRemoved /> : null}
      {seen?.vault === 'locked' ? <UnlockFirst>{words('options.locked')}</UnlockFirst> : null}
      {seen !== null && seen.vault !== 'none' ? (
        <>
          <ErrorNotice error={recovery.error.value} />
          <ChangePassword />
          <UnlockMethods seen={seen} />
          <AutoLockCard unlocked={seen.vault === 'unlocked'} />
          <LibraryCard key={`library-${seen.vault}`} unlocked={seen.vault === 'unlocked'} />
          <RecoveryKeyCard unlocked={seen.vault === 'unlocked'} due={seen.renewRecovery} recovery={recovery} />
          <SharesCard unlocked={seen.vault === 'unlocked'} recovery={recovery} action={sharing} />
          {seen.vault === 'unlocked' ? <VaultName recovery={recovery} /> : null}
          <Backup seen={seen} look={() => void vault.look()} />
          <SyncCard key={seen.vault} seen={seen} />
          <Keys unlocked={seen.vault === 'unlocked'} onMakeShares={() => sharing.begin('making')} />
        </>
      ) : null}
      {seen === null ? null : <ClipboardCard />}
      {seen === null ? null : <SpellingCard />}
      {seen === null ? null : <Sites key={seen.vault} />}
      <section class="card" aria-labelledby="keys">
        <h2 id="keys">{words('options.shortcuts.heading')}</h2>
        <Shortcuts />
        <p class="hint">
          {say('options.shortcuts.change', {
            chrome: <code>chrome://extensions/shortcuts</code>,
            firefox: <code>about:addons</code>,
          })}
        </p>
      </section>
      <Protects />
    </Page>
  )
}
