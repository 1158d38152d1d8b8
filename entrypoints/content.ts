// The content script. It is registered at run time, for the sites a person has switched on, and for no other.

import { defineContentScript } from 'wxt/utils/define-content-script'
import { startOnPage } from '../src/page/start.ts'

export default defineContentScript({
  matches: [],
  registration: 'runtime',
  noScriptStartedPostMessage: true,
  main: startOnPage,
})
