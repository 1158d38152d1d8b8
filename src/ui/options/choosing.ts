// What the lists of sites and of fields in the options share.

import type { Signal } from '@preact/signals'
import type { Deed } from '../deed.ts'

/** How something is done about a list, and what is then said. */
export interface Choosing {
  readonly deed: Deed
  readonly told: Signal<string>
  /** Does it, looks again, and says what came of it. */
  readonly act: (work: () => Promise<unknown>, words: string | (() => string)) => Promise<boolean>
}
