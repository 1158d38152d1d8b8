// The document out of sight that reads and clears the clipboard in Chromium.

import { clearExpected } from '../../src/ui/copying/clipboardDocument.ts'

void clearExpected(document)
