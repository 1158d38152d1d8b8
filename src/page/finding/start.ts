// What finds things in one frame of a page, at what the person asked for in the library: a sealed text, or a field that one
// goes into. It knows ciphertext alone.

import { finderOrders } from '../../messages/orders.ts'
import { Notices } from '../notice.ts'
import { type Acts, type FinderForOthers, Resident, settle } from '../resident.ts'
import { Choosing } from './choosing.ts'
import { Pointer } from './pointer.ts'
import { seek } from './seek.ts'

export function startFinder(): void {
  settle('fieldsealFinder', () => new Finder())
}

class Finder extends Resident implements FinderForOthers {
  readonly #notices = new Notices()
  readonly #pointer = new Pointer(this.#notices)
  readonly #choosing = new Choosing(this.#notices, this.life)
  #seeking = new AbortController()

  isChoosing(): boolean {
    return this.#choosing.underWay
  }

  protected begin(): void {}

  protected switchedOn(): void {}

  protected switchedOff(): void {
    this.#seeking.abort()
    this.#choosing.end()
    this.#notices.clear()
  }

  protected readonly orders = finderOrders
  protected readonly acts: Acts = {
    find: async ({ sealed }) => {
      this.#seeking.abort()
      const seeking = new AbortController()
      this.#seeking = seeking
      const found = await seek(sealed, AbortSignal.any([seeking.signal, this.life]))
      if (found !== null) this.#pointer.show(found, AbortSignal.any([seeking.signal, this.life]))
      return { found: found !== null }
    },
    chooseField: async ({ sealed, speaks }) => {
      if (sealed === null) this.#choosing.end()
      else this.#choosing.begin(sealed, speaks)
      return {}
    },
  }
}
