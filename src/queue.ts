// Runs work one piece after the other, in the order in which it was asked for.

export class Queue {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `work` when all before it is done, whether that succeeded or not. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
