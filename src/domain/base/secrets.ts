/**
 * Sealing of what must not be read from the database. AES-256-GCM (NIST SP 800-38D) under a random 32-byte key, bound to
 * the place where the value is stored, with the id of its key in front so that keys can be exchanged while we run.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

export type Secrets = {
  /** Seals `value` so that it opens only with the same `boundTo`, such as `account:<id>:password`. */
  seal(value: string, boundTo: string): string
  /** @throws Error when it was changed, moved to another place, or its key is not at hand. */
  open(sealed: string, boundTo: string): string
  /** Whether the key that `sealed` names is at hand; it may not open all the same. */
  hasKeyOf(sealed: string): boolean
  /** Whether `sealed` was made with a key that is not the current one. */
  isOutdated(sealed: string): boolean
  /** A keyed hash (HMAC-SHA256): equal for equal values, and of no use without the key. Made with the oldest key at hand. */
  fingerprint(value: string): string
}

/** `secret` is made once: made of bytes at every use, it takes most of the time of sealing. */
type Key = { id: string; secret: KeyObject; fingerprinting: Buffer }

const toKey = (base64: string): Key => {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length !== 32) throw new Error('A master key must be 32 bytes in base64.')
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
  return {
    id,
    secret: createSecretKey(bytes),
    fingerprinting: Buffer.from(hkdfSync('sha256', bytes, '', 'signet fingerprint', 32)),
  }
}

/**
 * @param load gives the keys in base64, the current one first. It is asked before sealing, so it has to be cheap, and again
 *   (`anew`: nothing remembered will do) when a value names an unknown key: so a running process takes up a new one.
 */
export function keyring(load: (anew?: boolean) => string[]): Secrets {
  let loadedFrom = ''
  let keys: Key[] = []
  const current = (anew = false): Key => {
    const lines = load(anew)
    const joined = lines.join()
    if (joined !== loadedFrom) {
      keys = lines.map(toKey)
      loadedFrom = joined
    }
    const first = keys[0]
    if (!first) throw new Error('There is no master key.')
    return first
  }
  const find = (id?: string): Key | undefined => {
    const byId = () => keys.find((candidate) => candidate.id === id)
    return byId() ?? (current(true) && byId())
  }
  const demand = (id: string): Key => {
    const key = find(id)
    if (!key)
      throw new Error(`A sealed value needs the master key ${id}, which is not at hand. Add it to SIGNET_OLD_KEYS.`)
    return key
  }
  return {
    seal(value, boundTo) {
      const key = current()
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key.secret, iv)
      cipher.setAAD(Buffer.from(boundTo))
      const sealed = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `1.${key.id}.${sealed.toString('base64url')}`
    },
    open(sealed, boundTo) {
      const [form, keyId, body] = sealed.split('.')
      if (form !== '1' || !keyId || !body) throw new Error('Not a sealed value.')
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', demand(keyId).secret, bytes.subarray(0, 12))
      decipher.setAAD(Buffer.from(boundTo))
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
    },
    hasKeyOf: (sealed) => find(sealed.split('.')[1]) !== undefined,
    isOutdated: (sealed) => sealed.split('.')[1] !== current().id,
    fingerprint(value) {
      const oldest = current() && keys.at(-1)
      return createHmac('sha256', oldest?.fingerprinting ?? '')
        .update(value)
        .digest('base64url')
    },
  }
}

/** Undefined where it does not open: it was changed, or the key that sealed it is not at hand. */
export function openOrNothing(secrets: Pick<Secrets, 'open'>, sealed: string, boundTo: string): string | undefined {
  try {
    return secrets.open(sealed, boundTo)
  } catch {
    return undefined
  }
}
