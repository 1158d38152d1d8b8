// How the two builds are made, and every permission the extension asks for.
import { defineConfig } from 'wxt'

// 'wasm-unsafe-eval' is for Argon2id in WebAssembly; nothing else is allowed beyond our own files.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
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
  manifest: ({ browser }) => ({
    name: 'Fieldseal',
    short_name: 'Fieldseal',
    description:
      'Encrypts what you write on any website before the website has it, and shows it to you again in place.',
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
        description: 'Seal this field',
      },
      // Chromium keeps Alt+Shift+C for its tab groups and assigns it to no extension.
      compose: {
        suggested_key: { default: 'Alt+Shift+C', ...(browser !== 'firefox' && everywhere('Alt+Shift+E')) },
        description: 'Write a sealed text',
      },
      'open-page': { suggested_key: { default: 'Alt+Shift+O' }, description: 'Open the sealed texts on this page' },
      'put-back': { description: 'Put the opened text back…' },
      lock: { description: 'Lock the vault' },
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
    plugins: [textNeverHtml()],
    // The preload polyfill would bring `fetch` into pages that have no network.
    build: { modulePreload: false, target: 'es2023' },
  }),
})

/** The same key on each system, in the place of the default. */
function everywhere(key: string) {
  return { windows: key, mac: key, linux: key, chromeos: key }
}

/** Preact can set markup from strings; nothing here does, so in our builds it can only set text. */
function textNeverHtml() {
  return {
    name: 'text-never-html',
    transform: (code: string, id: string) =>
      id.includes('/node_modules/preact/') ? code.replaceAll('innerHTML', 'textContent') : undefined,
  }
}
