/** What calls have shown about a content, as the page of a voice template asks for it. */

import { proofSubject } from '#channels/voice/check.ts'
import { templateProof } from '#db/schema/index.ts'
import { proofOf } from '#domain/templates/proof.ts'
import { expect, test } from '../support/make.ts'

const content = { ttsCode: 'TTS_1', calledShowNumber: undefined, templateText: '验证码${code}，${ttl}分钟有效' }
const subject = proofSubject(content)

test('a proof is told to every member of the account’s organization, and to nobody else', async ({ stage }) => {
  const { org, accountId } = await stage.ready()
  const stranger = await stage.ready('Eve')
  const viewer = org.as('viewer')
  expect(await proofOf(viewer, { accountId, subject })).toBeNull()
  const refused = {
    state: 'refused',
    code: 'isv.TTS_TEMPLATE_ILLEGAL',
    detail: '未找到模板',
    at: stage.clock.now(),
  } as const
  await stage.db.insert(templateProof).values({ accountId, subject, ...refused })
  expect(await proofOf(viewer, { accountId, subject })).toEqual(refused)
  expect(await proofOf(stranger.owner, { accountId, subject })).toBeNull()
  expect(await proofOf(viewer, { accountId: stranger.accountId, subject })).toBeNull()
})

test('one call proves every content with its code, its calling number and its variables', () => {
  const other = (change: Partial<typeof content> | { calledShowNumber: string }) =>
    proofSubject({ ...content, ...change })
  expect(other({ templateText: '${ttl}分钟内有效的验证码${code}' })).toBe(subject)
  expect(other({ ttsCode: 'TTS_2' })).not.toBe(subject)
  expect(other({ calledShowNumber: '057100000000' })).not.toBe(subject)
  expect(other({ templateText: '验证码${code}' })).not.toBe(subject)
})
