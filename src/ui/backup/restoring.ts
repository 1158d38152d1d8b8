// Restores from a file, step by step: choose, open, inspect, restore. Nothing changes before the last step. The secret that opens
// the file is kept only until then.

import { type Signal, signal } from '@preact/signals'
import { codeOf } from '../../failure.ts'
import { call } from '../../messages/call.ts'
import type { Request, Response } from '../../messages/protocol.ts'
import { Task } from '../app/task.ts'
import { callWithProof } from '../secrets/proof.tsx'
import { type Staged, stageFile } from './file.ts'

export type BackupSecret = Request<'inspectBackup'>['secret']
export type InspectedBackup = Response<'inspectBackup'>
export type Opened = Extract<InspectedBackup, { kind: 'opened' }>

export type RestoreStep =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'reading'; readonly fraction: number }
  | { readonly kind: 'closed'; readonly about: InspectedBackup }
  | { readonly kind: 'opened'; readonly about: Opened; readonly secret: BackupSecret }
  | { readonly kind: 'done'; readonly about: Opened }

export class Restoring {
  readonly step: Signal<RestoreStep> = signal<RestoreStep>({ kind: 'choosing' })
  readonly task = new Task()
  #file: Blob | null = null
  #staged: Staged | null = null

  async choose(file: Blob): Promise<void> {
    await this.task.run('restore', async () => {
      this.#file = file
      this.#staged = null
      this.step.value = { kind: 'reading', fraction: 0 }
      try {
        await this.#inspect(null)
      } catch (thrown) {
        this.step.value = { kind: 'choosing' }
        throw thrown
      }
    })
  }

  /** True when the secret opened the file. */
  open(secret: Exclude<BackupSecret, null>): Promise<boolean> {
    return this.task.run('open-backup', () => this.#inspect(secret))
  }

  async restore(): Promise<boolean> {
    const step = this.step.peek()
    if (step.kind !== 'opened') return false
    return this.task.run('restore', async () => {
      await this.#withStaged((staged) => callWithProof('restoreBackup', { ...staged, secret: step.secret }))
      this.step.value = { kind: 'done', about: step.about }
      this.#forget()
    })
  }

  restart(): void {
    this.#forget()
    this.task.error.value = null
    this.step.value = { kind: 'choosing' }
  }

  async #inspect(secret: BackupSecret): Promise<void> {
    const about = await this.#withStaged((staged) => call('inspectBackup', { ...staged, secret }))
    this.step.value = about.kind === 'opened' ? { kind: 'opened', about, secret } : { kind: 'closed', about }
  }

  /** Stages the file again where it is gone: the background drops it when the browser closes, or another page of ours restores. */
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
    return stageFile(this.#file, (fraction) => {
      if (this.step.peek().kind === 'reading') this.step.value = { kind: 'reading', fraction }
    })
  }

  #forget(): void {
    this.#file = null
    this.#staged = null
  }
}
