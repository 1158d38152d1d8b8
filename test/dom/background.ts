// The background that pages of ours are answered by here: the real front desk of custody, on the device of the unit tests. What
// is of tabs and sites needs the extension around it; of that there is what a browser with no site switched on would say.

import { writingAnswers } from '../../src/tabs/writing.ts'
import { newDesk } from '../custody/desks.ts'
import type { Background } from './open.ts'

const ofTabs = {
  here: async () => ({
    host: 'notes.example',
    pattern: 'https://notes.example/*',
    on: false,
    allowed: false,
    everywhere: false,
    inPrivate: false,
    choices: { open: true, button: true },
    texts: 0,
  }),
  sites: async () => ({ everywhere: false, sites: [], marks: [], unreadableMarks: 0 }),
  watchCopied: async () => ({ watched: false }),
} satisfies Background

export function newBackground() {
  const at = newDesk()
  return { ...at, answers: { ...at.answers, ...writingAnswers(), ...ofTabs } }
}
