// Hostile pages that act in the place of their person, or turn what their person does against them.

import { actsAttacks } from './acts.ts'
import { play } from './play.ts'
import { puttingBackAttacks } from './puttingBack.ts'
import { strangeAttacks } from './strange.ts'

play(actsAttacks, puttingBackAttacks, strangeAttacks)
