// Hostile pages that read what is shown in them, overhear what is said, and listen to what is typed.

import { oracleAttacks } from './oracle.ts'
import { play } from './play.ts'
import { readingAttacks } from './reading.ts'
import { typingAttacks } from './typing.ts'
import { worldAttacks } from './world.ts'

play(readingAttacks, worldAttacks, typingAttacks, oracleAttacks)
