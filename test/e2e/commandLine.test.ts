// The extension and the command line program have one vault between them: a backup made by the real browser is read by the
// built program, and what the program writes is restored and opened in another browser.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldseal, folder, withPassword } from '../cli/program.ts'
import { answered, ask, send } from './asking.ts'
import { backUp } from './backups.ts'
import { buildFor } from './browsers.ts'
import { kinds } from './session.ts'
import { password, type Setting, setUp } from './setting.ts'
import { placeVault } from './steps.ts'

const plain = 'To be read anywhere.'
const unfinished = 'Half a thought, kept.'
const id = 'draftdraftdraftdraftdr'
const newPassword = 'another horse, another staple'

describe.each(kinds)('with %s', (kind) => {
  const files = folder()
  let setting: Setting
  let recoveryKey: string
  let sealed: string
  let backup: string

  beforeAll(async () => {
    setting = await setUp(kind, { extension: buildFor(kind) })
    const { session } = setting
    recoveryKey = await placeVault(session, password)
    const composer = await session.openExtensionPage('composer.html')
    await answered(ask(composer, 'saveDraft', { windowRequest: null, draft: id, text: unfinished }))
    const onboarding = await session.openExtensionPage('onboarding.html')
    ;({ sealed } = (await answered(ask(onboarding, 'practiceSealing', { text: plain }))) as { sealed: string })
    backup = files.put('my.fieldseal', await backUp(await session.openExtensionPage('options.html')))
  })
  afterAll(() => setting?.end())

  test('a backup of the browser’s is genuine to the program, which opens texts and documents with it', async () => {
    const secret = { three: password }
    expect(await fieldseal(['check', ...withPassword, backup], secret)).toMatchObject({ code: 0, err: '' })
    const opened = await fieldseal(['open', '-b', backup, ...withPassword], { ...secret, stdin: `<p>${sealed}</p>` })
    expect(opened).toMatchObject({ code: 0, out: `${plain}\n` })
    const shown = await fieldseal(['show', '--documents', '--recovery-fd', '4', backup], { four: recoveryKey })
    expect(shown).toMatchObject({ code: 0, out: `${unfinished}\n` })
  })

  test('what the program recovers is restored in another browser, which opens what either has sealed', async () => {
    const recovered = join(files.path, 'new.fieldseal')
    const args = ['recover', backup, '-o', recovered, '--recovery-fd', '3', '--password-fd', '4']
    expect(await fieldseal(args, { three: recoveryKey, four: newPassword })).toMatchObject({ code: 0 })
    const seal = ['seal', '-b', recovered, ...withPassword]
    const { out: sealedHere } = await fieldseal(seal, { three: newPassword, stdin: 'From a shell.' })

    const other = await setUp(kind, { extension: buildFor(kind) })
    try {
      const page = await other.session.openExtensionPage('onboarding.html')
      const staged = { token: id, pieces: 1, secret: { kind: 'password', password: newPassword } }
      await send(page, 'stageBackup', { token: id }, [{ text: await readFile(recovered, 'utf8') }])
      const looked = await answered(ask(page, 'inspectBackup', staged))
      expect(looked).toMatchObject({ kind: 'opened', state: 'whole', genuine: true, whose: 'nobodys', unreadable: 0 })
      await answered(ask(page, 'restoreBackup', staged))
      expect(await answered(ask(page, 'getVaultState', {}))).toMatchObject({ vault: 'unlocked', renewRecovery: true })
      for (const [text, says] of [
        [sealed, plain],
        [sealedHere.trim(), 'From a shell.'],
      ]) {
        expect(await answered(ask(page, 'practiceOpening', { sealed: text }))).toMatchObject({ text: says })
      }
    } finally {
      await other.end()
    }
  })
})
