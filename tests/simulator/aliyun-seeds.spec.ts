/** The signatures and templates that the simulator begins with keep to the rules that real ones are approved by. */
import { expect, test } from '@playwright/test'
import { approvalStates, seededSigns, seededTemplates, templateTypes } from '#simulator/aliyun/sms-seeds.ts'
import { fillIn, variablesIn } from '#simulator/aliyun/template-text.ts'
import { seededVoiceTemplates } from '#simulator/aliyun/voice-seeds.ts'

const mine = <T extends { account: string }>(seeds: readonly T[]) => seeds.filter(({ account }) => account === 'main')

test('every state is there among signatures and templates, and every rejection has its reason', () => {
  for (const seeds of [mine(seededSigns), mine(seededTemplates)]) {
    expect(new Set(seeds.map(({ state }) => state))).toEqual(new Set(approvalStates))
    for (const { state, reason } of seeds) if (state === 'rejected') expect(reason).not.toBe('')
  }
  expect(new Set(mine(seededVoiceTemplates).map(({ state }) => state))).toEqual(
    new Set(['approved', 'in_review', 'rejected']),
  )
})

test('for every type of SMS template an approved one is there, and signatures of each registration', () => {
  const approved = mine(seededTemplates).filter(({ state }) => state === 'approved')
  expect(new Set(approved.map(({ type }) => type))).toEqual(new Set(templateTypes))
  const statuses = mine(seededSigns).flatMap(({ carriers }) => Object.values(carriers).map(({ status }) => status))
  expect(new Set(statuses)).toEqual(new Set([3, 0, -1, -2, 2]))
})

test('names and codes are unique in their account', () => {
  for (const names of [
    seededSigns.map(({ account, name }) => `${account} ${name}`),
    seededTemplates.map(({ account, code }) => `${account} ${code}`),
    seededVoiceTemplates.map(({ account, code }) => `${account} ${code}`),
  ]) {
    expect(new Set(names).size).toBe(names.length)
  }
})

for (const { account, code, content } of [...seededTemplates, ...seededVoiceTemplates]) {
  test(`the variables of ${code} (${account}) stand apart, each once, with other text around them`, () => {
    const names = variablesIn(content)
    expect(new Set(names).size).toBe(names.length)
    expect(content).not.toMatch(/\}\$\{/)
    expect(fillIn(content, Object.fromEntries(names.map((name) => [name, '']))).trim()).not.toBe('')
    expect(content).not.toMatch(/[【】]/)
    expect(content.length).toBeLessThanOrEqual(500)
  })
}

for (const { code, content, type, mode } of seededVoiceTemplates) {
  test(`the text of ${code} can be spoken by the rules of its kind`, () => {
    const names = variablesIn(content)
    const fixed = content.replace(/\$\{\w+\}/g, '')
    expect(fixed).not.toMatch(/[#/:\-%¥$[\]]|https?/)
    expect(names.filter((name) => ['email', 'mobile', 'id', 'nick', 'site'].includes(name))).toEqual([])
    if (type === 'code') expect(names).toHaveLength(1)
    else if (mode === 'public') expect(names.length).toBeLessThanOrEqual(2)
  })
}
