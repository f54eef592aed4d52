/**
 * Who may call: the key of the settings, and keys derived from it that end in each refusal or belong to another cloud
 * account. All of them sign with the same secret, so that nobody has to be told more than one.
 */
import { createHash } from 'node:crypto'

/**
 * Customers of the cloud, none of whom sees another's signatures and templates. The partner has some of the main one's texts
 * approved as well, so that a switch between the two can take them along.
 */
export type CloudAccount = 'main' | 'second' | 'partner'

export type Key = {
  id: string
  secret: string
  account: CloudAccount
  enabled: boolean
  /** Whether its RAM policies allow this action. */
  may(action: string): boolean
}

export const partnerIdOf: Record<CloudAccount, string> = {
  main: '100000381017',
  second: '100000924405',
  partner: '100000517733',
}

/** A made-up id that looks like a real one and stays the same over restarts. */
export const derivedId = (id: string, role: string): string =>
  `LTAI5t${createHash('sha256').update(`${role} of ${id}`).digest('base64').replace(/[+/=]/g, '').slice(0, 18)}`

const anything = () => true
/** As in AliyunDysmsReadOnlyAccess. */
const reading = (action: string) => /^(Query|Get|List)/.test(action)
const sending = (action: string) => /^(Send|SingleCall)/.test(action)

export type KeySettings = { accessKeyId: string; accessKeySecret: string }

export class Keys {
  /** The ids by what becomes of them; none without settings. */
  readonly ids: Readonly<Record<CloudAccount | 'disabled' | 'readOnly' | 'sendOnly', string>> | undefined
  readonly #keys = new Map<string, Key>()

  constructor(settings: KeySettings | undefined) {
    if (!settings) return
    const { accessKeyId, accessKeySecret: secret } = settings
    const add = (id: string, key: Pick<Key, 'account' | 'enabled' | 'may'>): string => {
      this.#keys.set(id, { id, secret, ...key })
      return id
    }
    const derive = (role: string, key: Pick<Key, 'account' | 'enabled' | 'may'>) =>
      add(derivedId(accessKeyId, role), key)
    this.ids = {
      main: add(accessKeyId, { account: 'main', enabled: true, may: anything }),
      second: derive('second', { account: 'second', enabled: true, may: anything }),
      partner: derive('partner', { account: 'partner', enabled: true, may: anything }),
      disabled: derive('disabled', { account: 'main', enabled: false, may: anything }),
      readOnly: derive('readOnly', { account: 'main', enabled: true, may: reading }),
      sendOnly: derive('sendOnly', { account: 'main', enabled: true, may: sending }),
    }
  }

  find(id: string): Key | undefined {
    return this.#keys.get(id)
  }

  /** The cloud account that a fault names by one of its keys; the main one when it names none. */
  accountOf(id: string | undefined): CloudAccount {
    return (id === undefined ? undefined : this.#keys.get(id)?.account) ?? 'main'
  }
}
