// What the lists of sites and of fields in the options share.

import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Task } from '../../app/task.ts'

/** Changes a list, and shows a sentence on the outcome. */
export interface Choosing {
  readonly task: Task
  readonly message: Signal<ComponentChildren>
  /** Runs `work`, loads the lists again and shows the sentence; '' leaves the one shown before. */
  readonly act: (
    work: () => Promise<unknown>,
    sentence: ComponentChildren | (() => ComponentChildren),
  ) => Promise<boolean>
}
