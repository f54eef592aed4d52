/** Undo: what was deleted comes back as it was, for who may write it, where nothing else has taken its place. */
import { template, templateVersion } from '#db/schema/index.ts'
import { removeOfficialAccount } from '#domain/accounts/official-accounts.ts'
import { removeApp } from '#domain/apps/apps.ts'
import { listAudit } from '#domain/base/audit.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { getPushRule, removePushRule, restorePushRule } from '#domain/push-rules/push-rules.ts'
import { resetTemplate, restoreTemplate } from '#domain/templates/resetting.ts'
import { saveTemplate } from '#domain/templates/templates.ts'
import { loginHtml } from '../support/make.ts'
import { expect, test } from '../support/push-stage.ts'

const place = { channel: 'email', scenario: 'login', appId: null } as const
const content = { subject: 'Your code', html: loginHtml }

/** What was deleted as it is handed out; a spec that gets nothing fails. */
const handed = async (deletion: Promise<{ undo: string | null }>) => {
  const { undo } = await deletion
  if (undo === null) throw new Error('Nothing was handed out.')
  return { undo }
}

test('a template comes back with its languages, versions, notes and authors', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  await saveTemplate(author, { ...place, content, baseVersion: 0, note: 'First' })
  await saveTemplate(author, { ...place, content: { ...content, subject: 'Again' }, baseVersion: 1 })
  await saveTemplate(author, { ...place, locale: 'zh-CN', content, baseVersion: 0 })
  const everything = async () => {
    const templates = await stage.db.select().from(template).orderBy(template.id)
    const ofOurs = templates.filter(({ organizationId }) => organizationId === author.actor.organizationId)
    const versions = await stage.db
      .select()
      .from(templateVersion)
      .orderBy(templateVersion.templateId, templateVersion.version)
    return { ofOurs, versions: versions.filter(({ templateId }) => ofOurs.some(({ id }) => id === templateId)) }
  }
  const before = await everything()
  expect(before.versions).toHaveLength(3)
  const undo = await handed(resetTemplate(author, place))
  expect((await everything()).ofOurs).toEqual([])
  await restoreTemplate(author, undo)
  expect(await everything()).toEqual(before)
  const { rows } = await listAudit({ ...author, actor: { ...author.actor, role: 'admin' } } as Ctx, {})
  expect(rows.map(({ action }) => action).slice(0, 2)).toEqual(['restored', 'deleted'])
})

test('what has been written in its place meanwhile stays, and so does what is there already', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  await saveTemplate(author, { ...place, content, baseVersion: 0 })
  const undo = await handed(resetTemplate(author, place))
  await saveTemplate(author, { ...place, content: { ...content, subject: 'Another' }, baseVersion: 0 })
  await expect(restoreTemplate(author, undo)).rejects.toMatchObject({ code: 'conflict' })
  await resetTemplate(author, place)
  await restoreTemplate(author, undo)
  await expect(restoreTemplate(author, undo)).rejects.toMatchObject({ code: 'conflict' })
})

test('nothing of another organization, of another kind or made up is put back, nor by who may not write', async ({
  push,
  stage,
}) => {
  const { owner, ruleId, org } = await push.ready()
  const undo = await handed(resetTemplate(owner, place))
  const ofRule = await handed(removePushRule(owner, ruleId))
  const stranger = (await stage.organization()).as('owner')
  for (const attempt of [
    restoreTemplate(stranger, undo),
    restorePushRule(stranger, ofRule),
    restoreTemplate(owner, ofRule),
    restorePushRule(owner, undo),
    restoreTemplate(owner, { undo: `${undo.undo.slice(0, -4)}AAAA` }),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_request', data: { fields: [{ path: 'undo' }] } })
  }
  await expect(restoreTemplate(org.as('viewer'), undo)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(restorePushRule(org.as('author'), ofRule)).rejects.toMatchObject({ code: 'forbidden' })
})

test('an App’s template does not come back without the App', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  await stage.template(owner, { appId: app.id, content })
  const undo = await handed(resetTemplate(owner, { ...place, appId: app.id }))
  await removeApp(owner, app.id)
  await expect(restoreTemplate(owner, undo)).rejects.toMatchObject({ code: 'not_found' })
})

test('a template of very many bytes is deleted all the same, and nothing is handed out', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  const html = `${loginHtml}<!--${'x'.repeat(600_000)}-->`
  for (const baseVersion of [0, 1, 2])
    await saveTemplate(author, { ...place, content: { ...content, html }, baseVersion })
  expect(await resetTemplate(author, place)).toEqual({ undo: null })
})

test('a push rule comes back as it was, disabled and invalid ones too, and events find it again', async ({ push }) => {
  const { owner, asApp, ruleId, of } = await push.ready()
  const { id: other } = await push.rule(owner, of, { enabled: false, dampingSeconds: 600 })
  const [before, disabled] = [await getPushRule(owner, ruleId), await getPushRule(owner, other)]
  const undo = await handed(removePushRule(owner, ruleId))
  expect((await push.tell(asApp)).messages).toEqual([])
  await restorePushRule(owner, undo)
  expect(await getPushRule(owner, ruleId)).toEqual(before)
  expect((await push.tell(asApp)).messages).toHaveLength(1)
  await restorePushRule(owner, await handed(removePushRule(owner, other)))
  expect(await getPushRule(owner, other)).toEqual(disabled)
  await expect(restorePushRule(owner, undo)).rejects.toMatchObject({ code: 'conflict' })
})

test('a push rule does not come back over another of its name, nor without its official account', async ({ push }) => {
  const { owner, of, officialId } = await push.ready()
  const { id } = await push.rule(owner, of, { name: 'Alarms' })
  const undo = await handed(removePushRule(owner, id))
  const { id: second } = await push.rule(owner, of, { name: 'Alarms' })
  const fields = [{ path: 'name', code: 'taken' }]
  await expect(restorePushRule(owner, undo)).rejects.toMatchObject({ code: 'invalid_request', data: { fields } })
  await removePushRule(owner, second)
  await removeOfficialAccount(owner, officialId)
  await expect(restorePushRule(owner, undo)).rejects.toMatchObject({ code: 'not_found' })
})
