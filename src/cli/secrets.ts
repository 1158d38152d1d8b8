// Where passwords and recovery keys come from: the terminal, or a file descriptor that an option names. Never from arguments or the
// environment, which other programs can see. What they open stays in memory, and is wiped after use.

import { diagnoseRecovery, parseRecovery } from '../crypto/recovery.ts'
import { codeOf } from '../failure.ts'
import { isPasswordSlot, isRecoverySlot } from '../keyring/record.ts'
import { unlockWithPassword, unlockWithRecovery, type Vault } from '../keyring/vault.ts'
import { minPasswordChars } from '../policy.ts'
import { readLineOf, readLinesOf } from './descriptors.ts'
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

/** The secrets of one command. Reads file descriptors at once, because what follows in them may be texts. */
export class Secrets {
  readonly #fromDescriptors: {
    readonly password: string | null
    readonly recovery: string | null
    readonly shares: readonly string[] | null
  }
  /** The kind of secret that opens the vault. */
  readonly by: 'password' | 'recovery' | 'shares'
  #terminal: Terminal | null = null

  constructor(values: SecretValues) {
    const recovery = readLineOf('--recovery-fd', values['recovery-fd'])
    const shares = readLinesOf('--shares-fd', values['shares-fd'])
    if (recovery !== null || values.recovery) this.by = 'recovery'
    else this.by = shares !== null || values.shares ? 'shares' : 'password'
    this.#fromDescriptors = { recovery, shares, password: readLineOf('--password-fd', values['password-fd']) }
  }

  /** Unlocks the vault by the chosen kind of secret. Throws CliExit: a wrong secret, or none. */
  async unlock(file: VaultFile): Promise<Vault> {
    if (this.by !== 'password') return this.unlockWithoutPassword(file)
    if (!file.header.slots.some(isPasswordSlot))
      throw new CliExit(
        exits.secret,
        `${file.name}: no password opens this vault. Its recovery key does: --recovery, or shares: --shares`,
      )
    return this.#tryOrAsk(this.#fromDescriptors.password, `Password for ${file.name}: `, async (password) => {
      if (password === '') throw new CliExit(exits.secret, 'a password has at least one character')
      return unlockWithPassword(file.record, password)
    })
  }

  /** Unlocks by shares if chosen, else by the recovery key. Throws as unlock. */
  async unlockWithoutPassword(file: VaultFile): Promise<Vault> {
    if (this.by === 'shares') return unlockByShares(file, this.#shareReader()).catch(refuseUnopened)
    if (!file.header.slots.some(isRecoverySlot))
      throw new CliExit(exits.secret, `${file.name}: no recovery key opens this vault`)
    return this.#tryOrAsk(this.#fromDescriptors.recovery, `Recovery key for ${file.name}: `, async (typed) => {
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

  /** A new password; at a terminal the person types it twice. Throws CliExit: too short. */
  async newPassword(): Promise<string> {
    const fromDescriptor = this.#fromDescriptors.password
    if (fromDescriptor !== null) return requireLongEnough(fromDescriptor)
    return this.#askUntil('New password: ', async (password) => {
      requireLongEnough(password)
      const repeated = await this.#ask('The same once more: ')
      if (repeated !== password) throw new CliExit(exits.secret, 'The two are not the same.')
      return password
    })
  }

  #shareReader(): ShareReader {
    const { shares } = this.#fromDescriptors
    if (shares === null)
      return { next: (question) => this.#ask(question), report: (problem) => this.#terminal?.say(problem) }
    const remaining = [...shares]
    return { next: async () => remaining.shift() ?? null, report: say }
  }

  /** Restores the terminal. */
  end(): void {
    this.#terminal?.close()
    this.#terminal = null
  }

  async #tryOrAsk(
    fromDescriptor: string | null,
    question: string,
    open: (secret: string) => Promise<Vault>,
  ): Promise<Vault> {
    return fromDescriptor === null ? this.#askUntil(question, open) : open(fromDescriptor).catch(refuseUnopened)
  }

  /** Asks again, a few times, after a failure that better typing can fix. */
  async #askUntil<Found>(question: string, find: (typed: string) => Promise<Found>): Promise<Found> {
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

/** Runs work that needs secrets, then restores the terminal. */
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

/** Runs work that needs an unlocked vault, then wipes its master key. */
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
