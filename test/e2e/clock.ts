// Moves the clock of the background, for as long as that lives. What is on the screen keeps the real one.

import type { BackgroundScope, Session } from './session.ts'

interface World {
  Date: DateConstructor
  realDate?: DateConstructor
}

/** From now on it is so many days later there than it is; earlier, if they are less than none. */
export function moveClock(session: Session, days: number): Promise<void> {
  return session.inBackground((scope: BackgroundScope, shift) => {
    const world = scope as unknown as World
    const Real = world.realDate ?? world.Date
    world.realDate = Real
    const now = () => Real.now() + shift
    class Shifted extends Real {
      constructor(...given: [] | [string]) {
        super(...((given.length === 0 ? [now()] : given) as [number]))
      }
      static override now = now
    }
    world.Date = shift === 0 ? Real : (Shifted as DateConstructor)
  }, days * 86_400_000)
}
