/** The secrets that a start makes for itself and keeps in the data folder: the master key, what the simulator asks for. */
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../steps/refusal.ts'
import { writeSafely } from '../steps/write-safely.ts'

/** Makes the key file on the first start. A lost one is never replaced: what it sealed could not be read again. */
export function ensureKeyFile(keyFile: string, dataDir: string): void {
  if (!existsSync(keyFile)) {
    if (existsSync(join(dataDir, 'database.json'))) {
      throw new Refusal(
        `The key file ${keyFile} is gone, and the secrets in the database cannot be read without it: restore it, or delete ${dataDir} to begin with an empty database.`,
      )
    }
    writeSafely(keyFile, `${randomBytes(32).toString('base64')}\n`)
  }
  const keys = readFileSync(keyFile, 'utf8').split('\n').filter(Boolean)
  if (keys.length > 0 && keys.every((key) => /^[A-Za-z0-9+/]{43}=$/.test(key))) return
  throw new Refusal(`The key file ${keyFile} must hold 32 bytes in base64 on each line.`)
}

/** Who may send mail through the simulator, with which AccessKey SMS and calls, and as which official account. */
export type SimulatorAccess = {
  username: string
  password: string
  aliyun: { accessKeyId: string; accessKeySecret: string }
  wechat: { appId: string; appSecret: string }
}

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const randomSigns = (length: number): string =>
  Array.from({ length }, () => signs.charAt(randomInt(signs.length))).join('')

const newAccess = (): SimulatorAccess => ({
  username: 'sender@sandbox.example',
  password: randomBytes(15).toString('base64url'),
  aliyun: { accessKeyId: `LTAI5t${randomSigns(18)}`, accessKeySecret: randomSigns(30) },
  wechat: { appId: `wx${randomBytes(8).toString('hex')}`, appSecret: randomBytes(16).toString('hex') },
})

/** What the simulator asks for, made on the first start; what an earlier version's file has not is added to it. */
export function ensureSimulatorAccess(dataDir: string): SimulatorAccess {
  const file = join(dataDir, 'simulator.json')
  const kept: Partial<SimulatorAccess> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const access = { ...newAccess(), ...kept }
  if (Object.keys(kept).length < Object.keys(access).length) writeSafely(file, `${JSON.stringify(access)}\n`)
  return access
}
