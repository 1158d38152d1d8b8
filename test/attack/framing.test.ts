// Hostile pages that go for the frames in which texts are opened: what is in them, where they stand, how large they are.

import { framesAttacks } from './frames.ts'
import { placesAttacks } from './places.ts'
import { play } from './play.ts'
import { sizesAttacks } from './sizes.ts'

play(framesAttacks, placesAttacks, sizesAttacks)
