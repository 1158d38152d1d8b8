// The options tab: password, ways to unlock, sites, recovery key, and what Fieldseal protects and what not.

import { useSignal } from '@preact/signals'
import { call } from '../../messages/call.ts'
import { Backup } from '../backup/section.tsx'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import { Heading, Page } from '../parts/page.tsx'
import { Shortcuts } from '../parts/shortcuts.tsx'
import { UnlockFirst } from '../parts/unlockFirst.tsx'
import { ReplaceRecovery } from '../replaceRecovery.tsx'
import { useVault } from '../vault.ts'
import { openTab } from '../windows.ts'
import { ChangePassword } from './changePassword.tsx'
import { Keys } from './keys.tsx'
import { OtherDevices } from './otherDevices.tsx'
import { Protects } from './protects.tsx'
import { Sites } from './sites.tsx'
import { Ways } from './ways.tsx'

export function Options() {
  const vault = useVault()
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
      <TroubleNotice trouble={vault.trouble.value ?? locking.trouble.value} />
      {seen?.vault === 'none' ? <NoVault /> : null}
      {seen?.vault === 'locked' ? <UnlockFirst>The vault is locked.</UnlockFirst> : null}
      {seen !== null && seen.vault !== 'none' ? (
        <>
          <Recovery unlocked={seen.vault === 'unlocked'} due={seen.renewRecovery} />
          <ChangePassword />
          <Backup seen={seen} look={() => void vault.look()} />
          <Keys unlocked={seen.vault === 'unlocked'} />
          <Ways seen={seen} />
          <OtherDevices key={seen.vault} />
        </>
      ) : null}
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

function NoVault() {
  return (
    <Notice>
      <p>There is no vault on this device yet.</p>
      <p class="actions">
        <Button kind="main" onClick={() => void openTab('/onboarding.html')}>
          Create your vault
        </Button>
      </p>
    </Notice>
  )
}

function Recovery({ unlocked, due }: { unlocked: boolean; due: boolean }) {
  const replacing = useSignal(false)
  const done = useSignal(false)
  if (!unlocked && replacing.value) replacing.value = false
  return (
    <section class="card" aria-labelledby="recovery">
      <h2 id="recovery">Recovery key</h2>
      {due && !done.value ? (
        <Notice kind="warning">
          <p>Your recovery key was used. It still works; replace it now, in case someone saw it.</p>
        </Notice>
      ) : null}
      {replacing.value ? (
        <ReplaceRecovery
          onDone={() => {
            replacing.value = false
            done.value = true
          }}
        />
      ) : (
        <>
          <p>
            The recovery key opens the vault when the password is forgotten. A new one takes the place of the old one.
          </p>
          <p class="actions">
            <Button
              disabled={!unlocked}
              onClick={() => {
                done.value = false
                replacing.value = true
              }}
            >
              Replace recovery key
            </Button>
            <output>
              {done.value ? 'Replaced. The old recovery key no longer opens anything: destroy it.' : null}
              {unlocked ? null : 'Unlock the vault to replace it.'}
            </output>
          </p>
        </>
      )}
    </section>
  )
}
