// The composer's window. What it was opened for is known to the background under the token in its address.

import { Composer } from '../../src/ui/composer/composer.tsx'
import { Desk, errandIn } from '../../src/ui/composer/desk.ts'
import { show } from '../../src/ui/parts/page.tsx'

const desk = new Desk(errandIn(location.hash))
desk.open()
show(<Composer desk={desk} />)
