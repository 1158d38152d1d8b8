// Decodes QR codes in a worker of its own, for the windows of ours that read them (src/ui/pairing/qr/codeReader.ts).

import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startQrDecoder } from '../src/ui/pairing/qr/decodeQr.ts'

export default defineUnlistedScript(startQrDecoder)
