/**
 * `sandbox.json` (mode 0600): what scripts and newcomers need to know. It appears once everything in it is there; until
 * then a file beside it keeps the password, so that a start that was killed on the way is carried on by the next one.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeSafely } from '../steps/write-safely.ts'

export type Smtp = { host: string; port: number; username: string; password: string }
export type AccessKey = { accessKeyId: string; accessKeySecret: string }
/** `openids` of people who follow it. */
export type OfficialAccount = { appId: string; appSecret: string; openids: string[] }
export type AppKeys = { key: string; liveKey: string; testKey: string }

/** A vendor's part is missing where it was written by a version that did not know the vendor. */
export type SandboxFile = {
  url: string
  simulatorUrl: string
  email: string
  password: string
  apps: AppKeys[]
  aliyun?: AccessKey
  smtp?: Smtp
  wechat?: OfficialAccount
  /** By name: the accounts of further vendors, with what each was given. */
  further?: Record<string, Record<string, unknown>>
}

/** Of a sandbox that is only being made. */
export type Begun = Pick<SandboxFile, 'email' | 'password'>

export class SandboxFiles {
  readonly path: string
  readonly #begunPath: string

  constructor(dataDir: string) {
    this.path = join(dataDir, 'sandbox.json')
    this.#begunPath = join(dataDir, 'sandbox.begun.json')
  }

  read(): (Begun & Partial<SandboxFile>) | undefined {
    const path = [this.path, this.#begunPath].find((file) => existsSync(file))
    return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'))
  }

  begin(begun: Begun): void {
    rmSync(this.path, { force: true })
    writeSafely(this.#begunPath, `${JSON.stringify(begun, null, 2)}\n`)
  }

  finish(file: SandboxFile): void {
    writeSafely(this.path, `${JSON.stringify(file, null, 2)}\n`)
    rmSync(this.#begunPath, { force: true })
  }
}
