// Gives the browser that unit tests have the sentences of the catalogue.

import { fakeBrowser } from 'wxt/testing/fake-browser'
import { i18n } from './words.ts'

Object.assign(fakeBrowser.i18n, i18n)
