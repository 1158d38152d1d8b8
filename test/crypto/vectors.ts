// The test vectors, typed. They were made by an independent implementation and are never edited; those of shares, whose
// polynomials are random, by the code itself, and the readable twin reads them.

import base62 from '../vectors/base62.json' with { type: 'json' }
import base62Invalid from '../vectors/base62Invalid.json' with { type: 'json' }
import decorated from '../vectors/decorated.json' with { type: 'json' }
import padme from '../vectors/padme.json' with { type: 'json' }
import pairing from '../vectors/pairing.json' with { type: 'json' }
import recovery from '../vectors/recovery.json' with { type: 'json' }
import shares from '../vectors/shares.json' with { type: 'json' }
import text from '../vectors/text.json' with { type: 'json' }
import textRefused from '../vectors/textRefused.json' with { type: 'json' }
import vault from '../vectors/vault.json' with { type: 'json' }

export const vectors = { base62, base62Invalid, decorated, padme, pairing, recovery, shares, text, textRefused, vault }
export type Vectors = typeof vectors
