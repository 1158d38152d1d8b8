// Answers can arrive in any order: tells whether one belongs to the last request.

export class Latest {
  #count = 0

  /** Begins a request that supersedes all earlier ones. The returned function tells whether it is still the last. */
  begin(): () => boolean {
    this.#count++
    return this.join()
  }

  /** Joins the last request: the returned function tells whether that is still the last. */
  join(): () => boolean {
    const count = this.#count
    return () => count === this.#count
  }

  /** Supersedes all requests, without beginning one. */
  end(): void {
    this.#count++
  }
}
