// Where passwords and recovery keys come from: the terminal, or a file descriptor that was asked for. Never from arguments
// or the environment, which other programs can see. What they open is in memory only, and wiped when it is done with.

import { diagnoseRecovery, parseRecovery } from '../crypto/recovery.ts'
import { codeOf } from '../failure.ts'
import { isPasswordSlot, isRecoverySlot } from '../keyring/record.ts'
import { unlockWithPassword, unlockWithRecovery, type Vault } from '../keyring/vault.ts'
import { minPasswordChars } from '../policy.ts'
import { lineOf, linesOf } from './descriptors.ts'
import { CliExit, exits } from './exits.ts'
import { say } from './printing.ts'
import { type ShareReader, unlockByShares } from './shares.ts'
import { Terminal } from './terminal.ts'
import type { VaultFile } from './vaultFile.ts'
import { diagnosisWords, failureWords } from './words.ts'

export const secretOptions = {
  'password-fd': { type: 'string' },
  recovery: { type: 'boolean' },
  'recovery-fd': { type: 'string' },
  shares: { type: 'boolean' },
  'shares-fd': { type: 'string' },
} as const

export interface SecretValues {
  readonly 'password-fd'?: string | undefined
  readonly recovery?: boolean | undefined
  readonly 'recovery-fd'?: string | undefined
  readonly shares?: boolean | undefined
  readonly 'shares-fd'?: string | undefined
}

const triesAtTerminal = 3

/** What one command asks for. What comes from file descriptors is read at once: the rest of them may be texts. */
export class Secrets {
  readonly #given: {
    readonly password: string | null
    readonly recovery: string | null
    readonly shares: readonly string[] | null
  }
  /** What opens the vault. */
  readonly by: 'password' | 'recovery' | 'shares'
  #terminal: Terminal | null = null

  constructor(values: SecretValues) {
    const recovery = lineOf('--recovery-fd', values['recovery-fd'])
    const shares = linesOf('--shares-fd', values['shares-fd'])
    if (recovery !== null || values.recovery) this.by = 'recovery'
    else this.by = shares !== null || values.shares ? 'shares' : 'password'
    this.#given = { recovery, shares, password: lineOf('--password-fd', values['password-fd']) }
  }

  /** The vault, by whichever secret was chosen. Ended: the wrong one, or none to be had. */
  async unlock(file: VaultFile): Promise<Vault> {
    if (this.by !== 'password') return this.unlockWithoutPassword(file)
    if (!file.header.slots.some(isPasswordSlot))
      throw new CliExit(
        exits.secret,
        `${file.name}: no password opens this vault. Its recovery key does: --recovery, or shares: --shares`,
      )
    return this.#trying(this.#given.password, `Password for ${file.name}: `, async (password) => {
      if (password === '') throw new CliExit(exits.secret, 'a password has at least one character')
      return unlockWithPassword(file.record, password)
    })
  }

  /** By the recovery key, or by shares where these were chosen. Ended: as unlock. */
  async unlockWithoutPassword(file: VaultFile): Promise<Vault> {
    if (this.by === 'shares') return unlockByShares(file, this.#handOfShares()).catch(refuseUnopened)
    if (!file.header.slots.some(isRecoverySlot))
      throw new CliExit(exits.secret, `${file.name}: no recovery key opens this vault`)
    return this.#trying(this.#given.recovery, `Recovery key for ${file.name}: `, async (typed) => {
      const diagnosis = diagnoseRecovery(typed)
      if (diagnosis.kind !== 'fine') throw new CliExit(exits.secret, diagnosisWords(diagnosis))
      const secret = parseRecovery(typed)
      try {
        return unlockWithRecovery(file.record, secret)
      } finally {
        secret.fill(0)
      }
    })
  }

  /** A password that was chosen now; typed twice at a terminal. Ended: too short. */
  async newPassword(): Promise<string> {
    const given = this.#given.password
    if (given !== null) return requireLongEnough(given)
    return this.#retrying('New password: ', async (password) => {
      requireLongEnough(password)
      const again = await this.#ask('The same once more: ')
      if (again !== password) throw new CliExit(exits.secret, 'The two are not the same.')
      return password
    })
  }

  #handOfShares(): ShareReader {
    const { shares } = this.#given
    if (shares === null)
      return { next: (question) => this.#ask(question), tell: (problem) => this.#terminal?.say(problem) }
    const left = [...shares]
    return { next: async () => left.shift() ?? null, tell: say }
  }

  /** Gives the terminal back as it was. */
  end(): void {
    this.#terminal?.close()
    this.#terminal = null
  }

  async #trying(given: string | null, question: string, open: (secret: string) => Promise<Vault>): Promise<Vault> {
    return given === null ? this.#retrying(question, open) : open(given).catch(refuseUnopened)
  }

  /** Asks again after what can be mended by typing it better, a few times. */
  async #retrying<Found>(question: string, find: (typed: string) => Promise<Found>): Promise<Found> {
    for (let left = triesAtTerminal; ; left--) {
      const typed = await this.#ask(question)
      try {
        return await find(typed).catch(refuseUnopened)
      } catch (thrown) {
        if (left <= 1 || !(thrown instanceof CliExit) || thrown.exit !== exits.secret) throw thrown
        this.#terminal?.say(thrown.message)
      }
    }
  }

  async #ask(question: string): Promise<string> {
    this.#terminal ??= Terminal.open()
    if (this.#terminal === null) {
      throw new CliExit(
        exits.secret,
        'there is no terminal to ask for the password or recovery key on. Let fieldseal read it from a file descriptor: ' +
          '--password-fd 3 3<FILE, or --recovery-fd 3 3<FILE',
      )
    }
    return this.#terminal.ask(question)
  }
}

/** Runs what needs secrets; afterwards the terminal is as it was. */
export async function withSecrets<Result>(
  values: SecretValues,
  work: (secrets: Secrets) => Promise<Result>,
): Promise<Result> {
  const secrets = new Secrets(values)
  try {
    return await work(secrets)
  } finally {
    secrets.end()
  }
}

/** Runs what needs a vault that is open, then wipes its master key. */
export async function withVault<Result>(
  file: VaultFile,
  secrets: Secrets,
  work: (vault: Vault) => Promise<Result>,
): Promise<Result> {
  const vault = await secrets.unlock(file)
  secrets.end()
  try {
    return await work(vault)
  } finally {
    vault.masterKey.fill(0)
  }
}

function refuseUnopened(thrown: unknown): never {
  const code = codeOf(thrown)
  if (code === 'wrong-secret') throw new CliExit(exits.secret, 'That does not open the vault.')
  if (code === 'damaged')
    throw new CliExit(exits.failed, 'the secret is right, but what is in the vault is damaged and does not open')
  throw failureWords('the vault', thrown)
}

function requireLongEnough(password: string): string {
  if (Array.from(password.normalize('NFKC')).length >= minPasswordChars) return password
  throw new CliExit(exits.secret, `A password has at least ${minPasswordChars} characters.`)
}
