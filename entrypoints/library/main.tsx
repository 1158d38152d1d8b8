// The tab with the library.

import { Library } from '../../src/ui/library/library.tsx'
import { show } from '../../src/ui/parts/page.tsx'

show(<Library />)
