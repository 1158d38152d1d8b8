// The composer's window. What it was opened for is known to the background under the token in its address.

import { Composer, requestIdIn } from '../../src/ui/composer/composer.ts'
import { ComposerWindow } from '../../src/ui/composer/composerWindow.tsx'
import { show } from '../../src/ui/window/page.tsx'
import { words } from '../../src/words.ts'

const composer = new Composer(requestIdIn(location.hash))
composer.open()
show(<ComposerWindow composer={composer} />, words('composer.write.heading'))
