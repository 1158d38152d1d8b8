// Guesses how many guesses a password takes. The dictionaries are large, so they are loaded only when first needed,
// and the page shows at once without them. Everything happens on this device.

import { isStrongest } from './strength.ts'

type Guess = (password: string) => number

let loading: Promise<Guess> | undefined

async function load(): Promise<Guess> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, userInputs: ['fieldseal', 'vault', 'sealed'] },
    graphs: common.adjacencyGraphs,
    maxLength: 128,
  })
  return (password) => estimator.check(password).guesses
}

/** Starts loading, so that the first estimate is quick. */
export function preloadEstimator(): void {
  loading ??= load()
  loading.catch(() => {
    loading = undefined
  })
}

/** Whether a password is strong; null where that can't be judged now. */
export async function isStrong(password: string): Promise<boolean | null> {
  return guessesFor(password).then(isStrongest, () => null)
}

export async function guessesFor(password: string): Promise<number> {
  preloadEstimator()
  const guess = await (loading ?? load())
  return guess(password)
}
