// Who may import whom. One line per room; everything not written here is forbidden.
// Files lying directly in src/ are common ground: everyone may use them, and they use nothing.
// test/rules.test.ts plants one violation of each rule and sees it caught.
const rooms = {
  crypto: {
    uses: [],
    npm: ['hash-wasm', '@noble/ciphers', '@noble/hashes', '@scure/base', '@scure/bip39', 'shamir-secret-sharing'],
  },
  keyring: { uses: ['crypto/'], npm: ['valibot', '@scure/base', '@scure/bip39'] },
  storage: { uses: [], npm: ['idb', 'valibot', 'wxt'] },
  sync: { uses: [], npm: ['wxt', 'valibot'] },
  messages: { uses: [], npm: ['wxt', 'valibot'] },
  custody: { uses: ['crypto/', 'keyring/', 'messages/', 'storage/', 'sync/'], npm: ['wxt', 'valibot'] },
  tabs: { uses: ['messages/', 'storage/'], npm: ['wxt', 'valibot'] },
  page: { uses: ['messages/', 'crypto/(armor|base62|prefilter)\\.ts'], npm: ['wxt', 'valibot'] },
  frames: { uses: ['messages/'], npm: ['wxt', 'valibot'] },
  ui: {
    uses: ['messages/'],
    npm: ['wxt', 'preact', '@preact/signals', '@zxcvbn-ts', '@scure/bip39', 'qr', 'valibot', 'diff'],
  },
  cli: { uses: ['crypto/', 'keyring/'], npm: ['htmlparser2', 'postal-mime'] },
}

// The folders of custody, from the lowest layer to the highest: each uses its own and those of lower layers.
const custodyLayers = [['vault'], ['texts', 'sync', 'backups'], ['library', 'access'], ['composer']]

// Entry points compose; each opens one door only. Background alone builds what the others ask for.
const doors = {
  'background\\.ts': ['custody/', 'messages/', 'storage/', 'sync/', 'tabs/'],
  '(page|fields|finder)\\.ts': ['page/'],
  'readerFrame\\.ts': ['frames/'],
  'qrDecoder\\.ts': ['ui/pairing/qr/decodeQr\\.ts'],
  '(popup|composer|onboarding|options|library|clipboard)/': ['ui/'],
}

// The folders of the page room are layered: each may import what is listed, and its own files.
const layers = {
  'page/script': [],
  'page/text': ['page/script/'],
  'page/field/kinds': ['page/script/'],
  'page/field/button': ['page/script/', 'page/field/kinds/'],
  'page/field': ['page/script/'],
  'page/finder': ['page/script/', 'page/text/', 'page/field/'],
}

const ground = '^src/[^/]+\\.ts$'
/** Its types alone: sentences come from the browser. */
const catalogue = '^locales/en\\.ts$'
const anyRoom = `^src/(${Object.keys(rooms).join('|')})/`
const anyDoor = `^entrypoints/(${Object.keys(doors).join('|')})`

const only = (name, from, uses) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|entrypoints)/', pathNot: [ground, from, ...uses.map((room) => `^src/${room}`)] },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'ground-stands-alone',
      severity: 'error',
      from: { path: ground },
      to: { pathNot: `${ground}|${catalogue}` },
    },
    {
      // What is on screen is worded there: the core and the command line are not.
      name: 'words-for-screens-only',
      severity: 'error',
      from: {
        pathNot:
          '^(src/(page|frames|ui|tabs)/|src/(words|cueSentence)\\.ts$|entrypoints/|locales/|test/|wxt\\.config\\.ts$)',
      },
      to: { path: '^(src/words\\.ts$|locales/)' },
    },
    {
      name: 'catalogue-by-its-keys',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/words\\.ts$' },
      to: { path: '^locales/' },
    },
    {
      name: 'no-other-rooms',
      severity: 'error',
      from: {},
      to: { path: ['^src/[^/]+/', '^entrypoints/'], pathNot: [anyRoom, anyDoor] },
    },
    {
      name: 'only-rooms-import',
      severity: 'error',
      from: { path: ['^src/[^/]+/', '^entrypoints/'], pathNot: [anyRoom, anyDoor] },
      to: {},
    },
    ...Object.entries(rooms).map(([room, { uses }]) => only(`room:${room}`, `^src/${room}/`, uses)),
    ...Object.entries(layers).map(([folder, uses]) => ({
      name: `layer:${folder}`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/page/', pathNot: [`${folder}/`, ...uses].map((below) => `^src/${below}`) },
    })),
    ...Object.entries(doors).map(([door, uses]) => only(`door:${door}`, `^entrypoints/${door}`, uses)),
    ...custodyLayers.flatMap((layer, index) =>
      layer.map((folder) => ({
        name: `custody:${folder}`,
        severity: 'error',
        from: { path: `^src/custody/${folder}/` },
        to: {
          path: '^src/custody/',
          pathNot: [folder, ...custodyLayers.slice(0, index).flat()].map((lower) => `^src/custody/${lower}/`),
        },
      })),
    ),
    ...Object.entries(rooms).map(([room, { npm }]) => ({
      name: `npm:${room}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: 'node_modules', ...(npm.length > 0 && { pathNot: npm.map((name) => `node_modules/${name}/`) }) },
    })),
    {
      name: 'node-only-in-cli',
      severity: 'error',
      from: { path: '^(src|entrypoints)/', pathNot: '^src/cli/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-background-serves',
      severity: 'error',
      from: { pathNot: '^(entrypoints/background\\.ts|src/messages/serve(Transfers)?\\.ts|test/)' },
      to: { path: '^src/messages/(serve|serveTransfers|sender)\\.ts$' },
    },
    {
      name: 'page-never-reaches-keys',
      severity: 'error',
      from: { path: '^entrypoints/(page|fields|finder)\\.ts$' },
      to: {
        path: '^src/(custody|keyring|storage|sync)/|^src/crypto/(?!(armor|base62|prefilter)\\.ts$)|node_modules/',
        pathNot: 'node_modules/(wxt|@wxt-dev|valibot|webextension-polyfill)/',
        reachable: true,
      },
    },
    {
      name: 'among-strangers-only-its-own-entries',
      severity: 'error',
      from: { path: '^entrypoints/(page|fields|finder|readerFrame)\\.ts$' },
      to: { path: '^src/messages/(protocol|call|transfer)\\.ts$|node_modules/webextension-polyfill/', reachable: true },
    },
    {
      name: 'frames-and-ui-never-reach-the-vault',
      severity: 'error',
      from: { path: '^entrypoints/(readerFrame\\.ts$|(composer|popup|options|onboarding|library|clipboard)/)' },
      to: { path: '^src/(custody|keyring|storage|sync)/|node_modules/hash-wasm/', reachable: true },
    },
    {
      // Pictures may be made by anybody: they are decoded in a worker that has nothing else in it.
      name: 'pictures-are-decoded-apart',
      severity: 'error',
      from: { pathNot: '^(src/ui/pairing/qr/decodeQr\\.ts$|test/)' },
      to: { path: 'node_modules/qr/(?!index\\.)' },
    },
    {
      name: 'qr-decoder-stands-alone',
      severity: 'error',
      from: { path: '^(entrypoints/qrDecoder\\.ts|src/ui/pairing/qr/decodeQr\\.ts)$' },
      to: {
        path: '^src/(?!ui/pairing/qr/decodeQr\\.ts$)|node_modules/',
        pathNot: 'node_modules/(qr|wxt|@wxt-dev|webextension-polyfill)/',
        reachable: true,
      },
    },
    {
      name: 'tabs-knows-no-secret',
      severity: 'error',
      from: { path: '^src/tabs/' },
      to: { path: '^src/(custody|keyring|crypto)/', reachable: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true, // a type import is an import
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
