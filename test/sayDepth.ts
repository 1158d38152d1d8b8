// Says before the tests how much of what is long runs (depth.ts), so that a failure can be seen again.

import { depth, seed } from './depth.ts'

/** All workers go by the same day, also over midnight. */
export default function sayDepth(): void {
  process.env.FIELDSEAL_SEED = `${seed}`
  console.log(`FIELDSEAL_DEPTH=${depth} FIELDSEAL_SEED=${seed}`)
}
