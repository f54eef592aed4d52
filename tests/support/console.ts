/**
 * What specs of the console stand on: one running Signet for each worker, and a quick way to be somebody in it. A spec that
 * changes accounts or templates takes an organization of its own; one that only looks may use the sandbox's.
 */
import { randomBytes } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import { createTRPCClient, httpBatchStreamLink, type TRPCClient } from '@trpc/client'
import type { AppRouter } from '#api/router.ts'
import { member, type Role } from '#db/schema/index.ts'
import { createOrganization } from '#domain/people/members.ts'
import { dropByRetention } from '#domain/retention/dropping.ts'
import { compose, type Parts } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { openLog } from '#platform/log.ts'
import { environmentWith } from './environment.ts'
import { type RunningSignet, type Sandbox, startSignet } from './running-signet.ts'
import type { Simulator } from './simulator.ts'

export { expect } from '@playwright/test'

export type Person = { name: string; email: string; password: string }
export type Organization = {
  id: string
  name: string
  owner: Person
  /** Somebody new in this organization with a role. */
  add(role: Role): Promise<Person>
}

/** A running Signet, with ways in. */
export class Signet {
  readonly url: string
  readonly sandbox: Sandbox
  readonly simulator: Simulator
  private readonly settings: Record<string, string>
  private readonly cookies = new Map<string, Promise<string>>()
  private opened: Promise<Parts> | undefined

  constructor({ url, sandbox, simulator, settings }: RunningSignet) {
    this.url = url
    this.sandbox = sandbox
    this.simulator = simulator
    this.settings = settings
  }

  /** The owner of the sandbox's sample organization. */
  get owner(): Person {
    const { email, password } = this.sandbox
    return { name: 'Sandbox owner', email, password }
  }

  /** Signs the browser in as somebody: the sandbox's owner unless said. Only the first time asks the server. */
  async signIn(page: Page, person: Person = this.owner): Promise<void> {
    const [name = '', ...rest] = (await this.cookieOf(person)).split('=')
    await page.context().addCookies([{ name, value: rest.join('='), url: this.url, httpOnly: true, sameSite: 'Lax' }])
  }

  /** The console's procedures, called as somebody, for what a spec needs to be there. */
  async api(person: Person = this.owner): Promise<TRPCClient<AppRouter>> {
    const cookie = await this.cookieOf(person)
    return createTRPCClient<AppRouter>({
      links: [httpBatchStreamLink({ url: `${this.url}/api/trpc`, headers: { cookie } })],
    })
  }

  /** A new organization, empty, with its owner. */
  async newOrganization(): Promise<Organization> {
    const name = `Org ${randomBytes(3).toString('hex')}`
    const { db } = await this.parts()
    const owner = await this.addPerson('Olga Owner')
    const id = await createOrganization({ db, now: () => new Date() }, name, owner.id)
    const add = async (role: Role): Promise<Person> => {
      const person = await this.addPerson(`Ada ${role}`)
      await db.insert(member).values({ organizationId: id, userId: person.id, role, createdAt: new Date() })
      return person
    }
    return { id, name, owner, add }
  }

  /** Signs a page in as the owner of a new organization. */
  async enterNew(page: Page): Promise<Organization> {
    const organization = await this.newOrganization()
    await this.signIn(page, organization.owner)
    return organization
  }

  /** Drops what organizations do not keep any more, as a worker would in so many days. */
  async dropIn(days: number): Promise<void> {
    const { db } = await this.parts()
    await dropByRetention({ db, now: () => new Date(Date.now() + days * 86_400_000) })
  }

  async close(): Promise<void> {
    await (await this.opened)?.close()
  }

  private parts(): Promise<Parts> {
    this.opened ??= compose(readEnv(environmentWith(this.settings)), openLog('spec', 'silent'), {
      name: 'signet-spec',
      pool: 2,
    })
    return this.opened
  }

  private async addPerson(name: string): Promise<Person & { id: string }> {
    const { signIn } = await this.parts()
    const person = { name, email: `${randomBytes(5).toString('hex')}@example.com`, password: 'a long enough password' }
    const id = await signIn.addPerson(person)
    if (!id) throw new Error(`${person.email} is taken.`)
    return { ...person, id }
  }

  private cookieOf({ email, password }: Person): Promise<string> {
    const known = this.cookies.get(email) ?? this.sendPassword(email, password)
    this.cookies.set(email, known)
    return known
  }

  private async sendPassword(email: string, password: string, tries = 2): Promise<string> {
    const answer = await fetch(`${this.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ email, password }),
    })
    const cookie = answer.headers.getSetCookie().find((text) => text.includes('session_token='))
    // Specs that run side by side sign in more often than one address may.
    const wait = answer.status === 429 && tries > 0 ? Number(answer.headers.get('x-retry-after') ?? 10) : undefined
    if (wait !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, (wait + 1) * 1000))
      return this.sendPassword(email, password, tries - 1)
    }
    if (!answer.ok || !cookie) throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`)
    return cookie.split(';', 1)[0] ?? ''
  }
}

export const test = base.extend<object, { signet: Signet }>({
  signet: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
    async ({}, use) => {
      const running = await startSignet()
      const signet = new Signet(running)
      await use(signet)
      await signet.close()
      await running.stop()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: async ({ signet }, use) => use(signet.url),
})
