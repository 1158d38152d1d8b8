// Restoring from a file, step by step: chosen, opened, looked at, done. Nothing is changed before the last step. What opens
// the file is asked for at each step and kept in its field only.

import { type Signal, signal } from '@preact/signals'
import { codeOf } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import type { Answer, Ask } from '../../messages/protocol.ts'
import { Deed } from '../deed.ts'
import { callProved } from '../proof.tsx'
import { type Staged, stageFile } from './file.ts'

export type Secret = Ask<'lookAtBackup'>['secret']
export type Looked = Answer<'lookAtBackup'>
export type Opened = Extract<Looked, { kind: 'opened' }>

export type Scene =
  | { readonly at: 'choosing' }
  | { readonly at: 'reading'; readonly part: number }
  | { readonly at: 'closed'; readonly about: Looked }
  | { readonly at: 'opened'; readonly about: Opened; readonly secret: Secret }
  | { readonly at: 'done'; readonly about: Opened }

export class Restoring {
  readonly scene: Signal<Scene> = signal<Scene>({ at: 'choosing' })
  readonly deed = new Deed()
  #file: Blob | null = null
  #staged: Staged | null = null

  async choose(file: Blob): Promise<void> {
    await this.deed.run('restore', async () => {
      this.#file = file
      this.#staged = null
      this.scene.value = { at: 'reading', part: 0 }
      try {
        await this.#look(null)
      } catch (thrown) {
        this.scene.value = { at: 'choosing' }
        throw thrown
      }
    })
  }

  /** True when the file was opened by it. */
  open(secret: Exclude<Secret, null>): Promise<boolean> {
    return this.deed.run('open-backup', () => this.#look(secret))
  }

  async restore(): Promise<boolean> {
    const scene = this.scene.peek()
    if (scene.at !== 'opened') return false
    return this.deed.run('restore', async () => {
      await this.#withStaged((staged) => callProved('restoreBackup', { ...staged, secret: scene.secret }))
      this.scene.value = { at: 'done', about: scene.about }
      this.#forget()
    })
  }

  again(): void {
    this.#forget()
    this.deed.trouble.value = null
    this.scene.value = { at: 'choosing' }
  }

  async #look(secret: Secret): Promise<void> {
    const about = await this.#withStaged((staged) => call('lookAtBackup', { ...staged, secret }))
    this.scene.value = about.kind === 'opened' ? { at: 'opened', about, secret } : { at: 'closed', about }
  }

  /** What was handed over is dropped when the browser is closed, or when another page of ours restores a file. */
  async #withStaged<T>(work: (staged: Staged) => Promise<T>): Promise<T> {
    if (this.#staged !== null) {
      try {
        return await work(this.#staged)
      } catch (thrown) {
        if (codeOf(thrown) !== 'gone') throw thrown
      }
    }
    this.#staged = await this.#stage()
    return work(this.#staged)
  }

  #stage(): Promise<Staged> {
    if (this.#file === null) throw new TypeError('expected a chosen file')
    return stageFile(this.#file, (part) => {
      if (this.scene.peek().at === 'reading') this.scene.value = { at: 'reading', part }
    })
  }

  #forget(): void {
    this.#file = null
    this.#staged = null
  }
}
