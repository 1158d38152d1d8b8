// Whether the browser may check spelling in our text boxes. Off by default, and if the stored value is malformed.

import * as v from 'valibot'
import type { Handlers } from '../messages/handlers.ts'
import type { spellingEntries } from '../messages/tabs/spelling.ts'
import { Preference } from '../storage/preferences.ts'
import { storedObject, storedValue } from '../storage/storedShape.ts'

export const spellingPreference = new Preference(
  'writing',
  storedObject({ spelling: storedValue(v.boolean(), { missing: false }) }),
)

export function spellingHandlers(): Pick<Handlers, keyof typeof spellingEntries> {
  return {
    getSpelling: () => spellingPreference.read(),
    async setSpelling(chosen) {
      await spellingPreference.change((before) => ({ ...before, ...chosen }))
      return {}
    },
  }
}
