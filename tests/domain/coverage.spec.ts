/** The coverage matrix says of every cell what happens to a message sent there, and out of it goes what belongs together. */
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { account, type TemplateApproval, template, templateProof } from '#db/schema/index.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { addScenario, builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { type Cell, coverage } from '#domain/templates/coverage.ts'
import { choiceOf, texts } from '../support/fake-carrier.ts'
import { expect, type Stage, test } from '../support/make.ts'

const channels = ['email', 'sms', 'voice'] as const
const scenarios = ['registration', 'login', 'device_alarm', 'booking'] as const
type Channel = (typeof channels)[number]

/** Accounts of a channel: the first, then the second put in force, or none; and whether the one in force fails. */
const accounts = fc.record({ count: fc.integer({ min: 0, max: 2 }), failing: fc.boolean() })
const blocked = fc.option(fc.constantFrom('signature_gone', 'refused_by_provider'), { freq: 2 })
const templates = fc.array(
  fc.record({
    channel: fc.constantFrom(...channels),
    scenario: fc.constantFrom(...scenarios),
    isOwn: fc.boolean(),
    fallBack: fc.boolean(),
    /** Of which of the channel's accounts it is, where it is of one. */
    of: fc.integer({ min: 0, max: 1 }),
    audiences: fc.constantFrom('mainland', 'international', 'both'),
    approval: fc.record({ mainland: blocked, international: blocked, all: blocked }),
  }),
  { maxLength: 24 },
)
const configuration = fc.record({ email: accounts, sms: accounts, voice: accounts, templates })
type Given = typeof configuration extends fc.Arbitrary<infer T> ? T : never
type Template = Given['templates'][number]

const isCode = (scenario: string) => scenario === 'registration' || scenario === 'login'

/** What each account says is told apart by its name: the first one's texts are signed Acme, the second one's Beta. */
function contentOf({ channel, scenario, audiences, of }: Template): unknown {
  const name = of === 0 ? 'Acme' : 'Beta'
  const constants = { device: { constant: 'x' }, content: { constant: 'y' } }
  if (channel === 'email') return { subject: 'S', html: `<p>${isCode(scenario) ? '${code}' : '${app_name}'}</p>` }
  if (channel === 'voice') {
    const text = isCode(scenario) ? '验证码是${code}。' : '设备${device}告警。'
    const mapping = isCode(scenario) ? { code: { variable: 'code' } } : { device: constants.device }
    return { ttsCode: of === 0 ? 'TTS_1' : 'TTS_2', templateText: text, mapping }
  }
  const choice = (code: typeof texts.code, alarm: typeof texts.code) =>
    isCode(scenario) ? choiceOf(code, name) : { ...choiceOf(alarm, name), mapping: constants }
  return {
    mainland: audiences === 'international' ? null : choice(texts.code, texts.alarm),
    international: audiences === 'mainland' ? null : choice(texts.codeAbroad, alarmAbroad),
  }
}

const alarmAbroad = { ...texts.alarm, code: 'SMS_2002', type: 'international' as const }

/** Accounts in the order they were added; the last one is in force. */
async function accountsOf(stage: Stage, owner: Ctx, channel: Channel, { count, failing }: Given[Channel]) {
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    ids.push(await stage.account(owner, { channel, name: `${channel} ${n}`, username: `${n}`, validated: true }))
  }
  const last = ids.at(-1)
  if (last && failing) {
    await stage.db.update(account).set({ failingSince: stage.clock.now() }).where(eq(account.id, last))
  }
  return ids
}

async function configure(stage: Stage, given: Given) {
  const org = await stage.organization()
  const owner = org.as('owner')
  const booking = {
    key: 'booking',
    kind: 'notification',
    nameEn: 'Booking',
    nameZh: '预订',
    variables: ['room'],
  } as const
  await addScenario(owner, { ...booking, variables: [...booking.variables] })
  const app = await stage.app(owner)
  const ids = {
    email: await accountsOf(stage, owner, 'email', given.email),
    sms: await accountsOf(stage, owner, 'sms', given.sms),
    voice: await accountsOf(stage, owner, 'voice', given.voice),
  }
  const places = new Map(
    given.templates.map((one) => [
      `${one.channel} ${one.scenario} ${one.isOwn} ${one.channel !== 'email' && one.of}`,
      one,
    ]),
  )
  for (const one of places.values()) {
    const { channel, scenario, isOwn, fallBack, approval } = one
    const accountId = channel === 'email' ? null : ids[channel][one.of]
    if (accountId === undefined) continue
    const place = { channel, scenario, appId: isOwn ? app.id : null, accountId }
    const { id } = await stage.template(owner, { ...place, fallBack, content: contentOf(one) })
    if (channel === 'email') continue
    const [row] = await stage.db.select().from(template).where(eq(template.id, id))
    const stands: TemplateApproval = {}
    for (const [audience, reason] of Object.entries(approval)) {
      const present = row?.approval[audience]?.blocked ?? null
      stands[audience] = { blocked: present?.startsWith('no_') ? present : reason, detail: '', remarks: [] }
    }
    await stage.db.update(template).set({ approval: stands }).where(eq(template.id, id))
  }
  return { owner, app, asApp: (await stage.key(owner, app.id)).asApp }
}

const recipientOf = ({ channel, audience }: Cell) =>
  channel === 'email' ? 'ann@example.com' : audience === 'international' ? '+85291234567' : '+8613800138000'

const variablesOf = (scenario: string): Record<string, string> => (isCode(scenario) ? { code: '1234' } : {})

type Outcome = { state: string; reason: string | null; id?: string }

async function sendTo(stage: Stage, asApp: Ctx, cell: Cell): Promise<Outcome> {
  const { channel, scenario } = cell
  try {
    const given = { channel, scenario, to: recipientOf(cell), variables: variablesOf(scenario) }
    const { id, status } = await stage.send(asApp, given)
    return { state: status, reason: null, id }
  } catch (error) {
    const { code, data } = error as { code: string; data?: { reason?: string } }
    return { state: code, reason: data?.reason ?? null }
  }
}

const expected = ({ state, blocked: held }: Cell): Outcome => ({
  state: state === 'usable' || state === 'failing' ? 'queued' : state,
  reason: state === 'template_not_usable' ? (held?.reason ?? null) : null,
})

test('what the coverage says of a cell is what happens to a message sent there, whatever is configured', async ({
  stage,
}) => {
  stage.texts.lists.templates.push(alarmAbroad)
  await fc.assert(
    fc.asyncProperty(configuration, async (given) => {
      await stage.db.delete(templateProof)
      const { owner, app, asApp } = await configure(stage, given)
      const { cells } = await coverage(owner, { appId: app.id })
      expect(cells).toHaveLength((builtInScenarios.length + 1) * 4)
      const outcomes = await Promise.all(cells.map((cell) => sendTo(stage, asApp, cell)))
      expect(outcomes.map(({ state, reason }) => ({ state, reason }))).toEqual(cells.map(expected))
      while ((await stage.deliver()) > 0);
      for (const [n, cell] of cells.entries()) {
        const { id } = outcomes[n] ?? {}
        if (!id) continue
        const stored = await stage.stored(id)
        expect(stored.status).toBe(cell.state === 'usable' ? 'sent' : 'queued')
        if (cell.state === 'usable') await expectTogether(stage, id, cell)
      }
    }),
    { numRuns: 25 },
  )
})

/** It went out as the cell said: from that account, with a content that is of that account, of that origin. */
async function expectTogether(stage: Stage, id: string, { channel, account: name, origin, version }: Cell) {
  const { templateId, templateVersion } = await stage.stored(id)
  const provider = { email: stage.provider, sms: stage.texts, voice: stage.calls }[channel as Channel]
  const call = provider.calls.find(({ reference }) => reference === id)
  expect(`${channel} ${call?.config.username}`).toBe(name)
  const marks = { 0: /Acme|TTS_1/, 1: /Beta|TTS_2/ }[call?.config.username ?? '']
  if (channel !== 'email') expect(JSON.stringify(call?.message)).toMatch(marks ?? /never/)
  const [row] = await stage.db
    .select()
    .from(template)
    .where(eq(template.id, templateId ?? ''))
  expect([row?.appId === null ? 'default' : 'app', templateVersion]).toEqual([origin, version])
}
