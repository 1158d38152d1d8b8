// What every box that a person types into tells the browser: some browsers send what is typed to a server, to check its
// spelling or to suggest how to go on.

import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../../messages/call.ts'

/** For names, secrets and what is searched for. (Written like this `autoCorrect` is set as an attribute in every browser.) */
export const quietInputProps = { spellcheck: false, autoCorrect: 'off', writingsuggestions: 'false' } as const

const spelling = signal(false)

/** For a text of the person's own: as quiet, unless they have chosen to have their spelling checked. */
export function useWritingInputProps() {
  useEffect(() => {
    void call('getSpelling', {}).then(
      (answer) => {
        spelling.value = answer.spelling
      },
      // Then it stays off.
      () => undefined,
    )
  }, [])
  return { ...quietInputProps, ...(spelling.value && { spellcheck: true, autoCorrect: 'on' }) }
}
