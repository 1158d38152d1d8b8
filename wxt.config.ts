// How the two builds are made, and every permission the extension asks for.
import { defineConfig } from 'wxt'
import { writeLocales } from './locales/build.ts'

// 'wasm-unsafe-eval' is for Argon2id in WebAssembly; nothing else is allowed beyond our own files.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  // No markup and no code is made from strings: what a library could do with them throws. One worker has its address by code
  // (src/ui/pairing/qr/codeReader.ts).
  "require-trusted-types-for 'script'",
  'trusted-types qr-decoder',
].join('; ')

// Pins the id in Chromium, where an unpacked extension's id otherwise depends on its path.
const chromiumKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxHmPkf14vqZezhk+D5Cy2rw1jsnxjCOE6Q2wUaZlasDm1CDOwQipKQg702ZqovOqbBbsjjk+YYCl+GHPJLT8k6aQoG8vXlZoExVRa2aHF74Wbo2ncNzi+GEFfOVVV2xo7iB+CFdrPLYn1ILLf+d84xgFLl/Mng5okyXPwnFuhFJ7A5K6ZPtZj/2ZOfz+O7DtMIy7+8ygVD1jpmchCf7p7YBwICvVKB+BIk9NsZZ8H/OwHtgPlSAa+7K2JgGCnjZOdRQ8xrldf/DybjlWQxN+Iw3DZOiUo1ii+y9GkVExSlzDGz+Mrq+fqCmaVx41Uu8AWeTrYWvOz18bjJguBm19+wIDAQAB'

export default defineConfig({
  srcDir: '.',
  outDir: '.output',
  imports: false,
  manifestVersion: 3,
  modules: ['@wxt-dev/webextension-polyfill'],
  hooks: { 'build:publicAssets': writeLocales() as never },
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    short_name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    // The last two tell when it is time to lock; alarms also when to try the browser's sync again, and when to clear the clipboard.
    permissions: ['storage', 'unlimitedStorage', 'scripting', 'activeTab', 'contextMenus', 'alarms', 'idle'],
    optional_host_permissions: ['*://*/*'],
    // Asked for by one switch in the options. In Chromium only a document can reach the clipboard, hence `offscreen`.
    optional_permissions: ['clipboardRead', 'clipboardWrite', ...(browser === 'firefox' ? [] : ['offscreen' as const])],
    content_security_policy: { extension_pages: pagePolicy },
    // In Chromium at an address of each session's own, so that no page can ask whether Fieldseal is here. Firefox has that anyway.
    web_accessible_resources: [
      { resources: ['reader.html'], matches: ['*://*/*'], ...(browser !== 'firefox' && { use_dynamic_url: true }) },
    ],
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+U' } },
      'seal-field': {
        // In Firefox on Linux, Alt+Shift+S opens the History menu and never reaches an extension.
        suggested_key: { default: 'Alt+Shift+S', ...(browser === 'firefox' && { linux: 'Alt+Shift+K' }) },
        description: '__MSG_extension_command_seal__',
      },
      // Chromium keeps Alt+Shift+C for its tab groups and assigns it to no extension.
      compose: {
        suggested_key: { default: 'Alt+Shift+C', ...(browser !== 'firefox' && everywhere('Alt+Shift+E')) },
        description: '__MSG_extension_command_compose__',
      },
      'open-page': { suggested_key: { default: 'Alt+Shift+O' }, description: '__MSG_extension_command_openPage__' },
      'put-back': { description: '__MSG_extension_command_putBack__' },
      lock: { description: '__MSG_extension_command_lock__' },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'fieldseal@fieldseal.org',
              strict_min_version: '153.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { key: chromiumKey, minimum_chrome_version: '127' }),
  }),
  vite: () => ({
    // The preload polyfill would bring `fetch` into pages that have no network.
    build: { modulePreload: false, target: 'es2023' },
  }),
})

/** The same key on each system, in the place of the default. */
function everywhere(key: string) {
  return { windows: key, mac: key, linux: key, chromeos: key }
}
