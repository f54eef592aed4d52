/**
 * Who may call: one application of one account with its key, and keys that end in each refusal. All are made of the one
 * secret of the simulator, so that nobody has to be told more, and stay the same over restarts.
 */
import { createHash } from 'node:crypto'

export type Access = { secretId: string; secretKey: string; sdkAppId: string }
export type Key = {
  id: string
  /** Whether its policies allow this action. */
  may(action: string): boolean
  /** The main account's own key may list all templates; that of a sub-account may not. */
  isMain: boolean
}

const made = (secret: string, role: string, length: number): string =>
  createHash('sha512').update(`${role} of ${secret}`).digest('base64').replace(/[+/=]/g, '').slice(0, length)

/** What an account at the simulator's Tencent Cloud is configured with. */
export const accessFrom = (secret: string): Access => ({
  secretId: `AKID${made(secret, 'main', 32)}`,
  secretKey: made(secret, 'secret key', 32),
  sdkAppId: `1400${String(createHash('sha512').update(secret).digest().readUInt32BE() % 1_000_000).padStart(6, '0')}`,
})

const anything = () => true

export class Keys {
  readonly access: Access
  /** By what becomes of them. */
  readonly ids: Readonly<Record<'main' | 'subAccount' | 'readOnly', string>>
  readonly #keys: ReadonlyMap<string, Key>

  constructor(secret: string) {
    this.access = accessFrom(secret)
    const derived = (role: string) => `AKID${made(secret, role, 32)}`
    this.ids = { main: this.access.secretId, subAccount: derived('sub-account'), readOnly: derived('read-only') }
    const keys: Key[] = [
      { id: this.ids.main, may: anything, isMain: true },
      { id: this.ids.subAccount, may: anything, isMain: false },
      // As in QcloudSMSReadOnlyAccess.
      { id: this.ids.readOnly, may: (action) => action !== 'SendSms', isMain: true },
    ]
    this.#keys = new Map(keys.map((key) => [key.id, key]))
  }

  find(id: string): Key | undefined {
    return this.#keys.get(id)
  }
}
