// How much runs of what is long, every sweep over positions and every long run of random cases: a share, another one each day,
// that come to the whole over the days. `npm run test:all` runs the whole. FIELDSEAL_DEPTH is the share, above 0 and up to 1;
// FIELDSEAL_SEED, the number of the day unless it is set, chooses which share, and what is random.

const msPerDay = 86_400_000
const usualDepth = 0.05
/** Fewer random cases than these see little. */
const fewestCases = 50

/** What runs of the long tests at this depth, on the day of this number. */
export function shareOf(depth: number, seed: number) {
  if (!(depth > 0 && depth <= 1)) throw new RangeError(`FIELDSEAL_DEPTH is a number above 0 and up to 1, not ${depth}`)
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw new RangeError(`FIELDSEAL_SEED is a whole number from 0 on, not ${seed}`)
  const stride = Math.round(1 / depth)
  const offset = seed % stride
  return {
    depth,
    seed,
    /** How many of `all` random cases run. */
    casesOf: (all: number): number => Math.ceil(Math.max(all * depth, Math.min(all, fewestCases))),
    /** The positions of a sweep from 1 on that run, without end: the first, and then one in every so many. */
    *positions(): Generator<number> {
      yield 1
      for (let position = 2 + offset; ; position += stride) yield position
    },
    /** Those of `all` that run: one in every so many. */
    someOf: <T>(all: readonly T[]): T[] =>
      all.filter((_, index) => index % stride === offset % Math.min(stride, all.length)),
  }
}

const today = Math.floor(Date.now() / msPerDay)
export const { depth, seed, casesOf, positions, someOf } = shareOf(
  Number(process.env.FIELDSEAL_DEPTH ?? usualDepth),
  Number(process.env.FIELDSEAL_SEED ?? today),
)
