// Keeps what is typed, soon after it was typed: changes that come close together are one save, and while the window
// lives never two saves are under way, so that an older text cannot arrive after a newer one. Knows no background, page or vault.

/** Less than the 250 ms after which a change must be on its way. */
export const waitMs = 200
export const retryMs = 1500

export class Saver {
  readonly #save: (text: string) => Promise<void>
  readonly #report: (outcome: 'kept' | { readonly failed: unknown }) => void
  #pending: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #underWay: Promise<void> | null = null

  constructor(save: (text: string) => Promise<void>, report: (outcome: 'kept' | { readonly failed: unknown }) => void) {
    this.#save = save
    this.#report = report
  }

  /** Whether something typed is not saved yet. */
  get unsaved(): boolean {
    return this.#pending !== null || this.#underWay !== null
  }

  changed(text: string): void {
    this.#pending = text
    if (this.#timer === undefined && this.#underWay === null) this.#wait(waitMs)
  }

  /** Saves what is unsaved now. True when everything is saved afterwards. */
  async flush(): Promise<boolean> {
    this.#stopWaiting()
    if (this.#underWay !== null) await this.#underWay
    if (this.#pending !== null && this.#underWay === null) await this.#start()
    return !this.unsaved
  }

  /** Waits for the save under way and starts none. True when everything is saved. */
  async settled(): Promise<boolean> {
    this.#stopWaiting()
    if (this.#underWay !== null) await this.#underWay
    this.#stopWaiting()
    return !this.unsaved
  }

  /** The window goes away now: what is unsaved is sent without waiting for the save under way, or it would be lost. */
  part(): void {
    this.#stopWaiting()
    const text = this.#pending
    this.#pending = null
    if (text !== null) void this.#save(text).catch(() => undefined)
  }

  /** Forgets what is unsaved, and waits for the save under way, so that none arrives after this. */
  async forget(): Promise<void> {
    this.#stopWaiting()
    this.#pending = null
    if (this.#underWay !== null) await this.#underWay
    this.#stopWaiting()
    this.#pending = null
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#start()
    }, ms)
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #start(): Promise<void> {
    this.#stopWaiting()
    const text = this.#pending
    if (this.#underWay !== null || text === null) return this.#underWay ?? Promise.resolve()
    this.#pending = null
    this.#underWay = this.#run(text)
    return this.#underWay
  }

  async #run(text: string): Promise<void> {
    try {
      await this.#save(text)
      this.#underWay = null
      if (this.#pending !== null) this.#wait(waitMs)
      this.#report('kept')
    } catch (failed) {
      this.#underWay = null
      this.#pending ??= text
      if (this.#timer === undefined) this.#wait(retryMs)
      this.#report({ failed })
    }
  }
}
