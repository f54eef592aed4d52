/** What Signet offers to start from is what it would write itself: nothing of it is found fault with. */
import { quickFindings } from '#console/templates/email/findings/finding.ts'
import { readTemplate } from '#console/templates/email/findings/reader.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { emailExamples, exampleLanguages } from '#domain/templates/examples.ts'
import { expect, test } from '../support/make.ts'

const findingsIn = (html: string) => {
  const content = { subject: 'Your code', html, text: undefined, fromName: undefined }
  return readTemplate({ id: 1, content, variables: ['code'], values: {} }).findings.map(({ code }) => code)
}

for (const { key, kind, variables } of builtInScenarios) {
  test(`the examples for ${key} raise no finding, not even a hint`, () => {
    for (const language of exampleLanguages) {
      const examples = emailExamples(key, language)
      expect(examples.map(({ design }) => design)).toEqual(['card', 'letter', 'banner'])
      for (const { design, content: example } of examples) {
        const content = { ...example, text: undefined, fromName: undefined }
        const findings = [
          ...quickFindings(content, { kind, variables }),
          ...readTemplate({ id: 1, content, variables, values: {} }).findings,
        ]
        expect(findings, `${language} ${design}`).toEqual([])
      }
    }
  })
}

test('a dark look is an offer and no fault; what a narrow screen needs and is ignored is one', () => {
  const start = '<div style="display:none">x</div>'
  expect(findingsIn(`<style>@media (prefers-color-scheme: dark) { p { color: red } }</style>${start}<p>y</p>`)).toEqual(
    [],
  )
  expect(findingsIn(`<style>@media (max-width: 480px) { p { color: red } }</style>${start}<p>y</p>`)).toEqual([
    'ignored',
  ])
})

test('a mail without a word lacks a plain text; one whose text is made of its HTML does not', () => {
  expect(findingsIn('<img src="https://example.com/a.png" alt="">')).toContain('text_missing')
  expect(findingsIn('<p>${code}</p>')).not.toContain('text_missing')
})
