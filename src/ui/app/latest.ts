// Of answers that may come in any order, only the one to the last request counts.

export class Latest {
  #count = 0

  /** Supersedes what was begun before. The function tells whether this is still what was begun last. */
  begin(): () => boolean {
    this.#count++
    return this.join()
  }

  /** For what belongs to what was begun last: the function tells whether that is still so. */
  join(): () => boolean {
    const count = this.#count
    return () => count === this.#count
  }

  /** Supersedes what was begun before with nothing. */
  end(): void {
    this.#count++
  }
}
