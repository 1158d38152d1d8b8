// The document out of sight that reads and clears the clipboard in Chromium.

import { clearExpected } from '../../src/ui/clipboardDocument.ts'

void clearExpected(document)
