// How much of the longest sweeps runs: a share of every one, another share each day. `npm run test:all` runs all of it.
// FIELDSEAL_DEPTH is the share, above 0 and up to 1. FIELDSEAL_SEED, the number of the day unless it is set, chooses which share.

const msPerDay = 86_400_000

const depth = Number(process.env.FIELDSEAL_DEPTH ?? 0.2)
if (!(depth > 0 && depth <= 1)) throw new RangeError(`FIELDSEAL_DEPTH is a number above 0 and up to 1, not ${depth}`)

export const seed = Number(process.env.FIELDSEAL_SEED ?? Math.floor(Date.now() / msPerDay))
if (!Number.isSafeInteger(seed)) throw new RangeError(`FIELDSEAL_SEED is a whole number, not ${seed}`)

/** How many of `all` random cases run. */
export const casesOf = (all: number): number => Math.ceil(all * depth)

/** The positions of a sweep from 1 on that run, without end: the first, and then one in every so many. */
export function* positions(): Generator<number> {
  const stride = Math.round(1 / depth)
  yield 1
  for (let position = 2 + (seed % stride); ; position += stride) yield position
}
