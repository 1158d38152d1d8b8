// The finder of one frame: finds a sealed text that the person looks for in the library, or lets them choose a field for one. It knows only
// ciphertext.

import { finderCommands } from '../../messages/tabCommands.ts'
import { runContentScript, type ScriptLife } from '../script/contentScript.ts'
import { Notices } from '../script/notice.ts'
import { FieldChooser } from './chooseField.ts'
import { TextPointer } from './pointer.ts'
import { findText } from './seek.ts'

export function startFinder(): void {
  runContentScript({ kind: 'fieldsealFinder', commands: finderCommands, start })
}

function start(life: AbortSignal): ScriptLife<'fieldsealFinder'> {
  const notices = new Notices()
  const pointer = new TextPointer(notices)
  const chooser = new FieldChooser(notices, life)
  let seeking = new AbortController()
  const switchOff = () => {
    seeking.abort()
    chooser.end()
    notices.clear()
  }
  life.addEventListener('abort', switchOff)

  return {
    api: { isChoosing: () => chooser.underWay },
    onSite: (_state, on) => on.addEventListener('abort', switchOff),
    handlers: {
      async findText({ sealed }) {
        seeking.abort()
        seeking = new AbortController()
        const signal = AbortSignal.any([seeking.signal, life])
        const found = await findText(sealed, signal)
        if (found !== null) pointer.show(found, signal)
        return { found: found !== null }
      },
      async chooseField({ sealed, speaks }) {
        if (sealed === null) chooser.end()
        else chooser.begin(sealed, speaks)
        return {}
      },
    },
  }
}
