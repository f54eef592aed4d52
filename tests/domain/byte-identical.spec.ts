/** What an author sees is what is sent: preview, test send and delivery make the same bytes of the same values. */

import { renderHtml, renderLine } from '#channels/email/render.ts'
import { readTemplate } from '#console/templates/email/findings/reader.ts'
import { getScenario } from '#domain/scenarios/scenarios.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { emailExamples, exampleLanguages } from '#domain/templates/examples.ts'
import { expect, test } from '../support/make.ts'

type Content = { subject: string; html: string; text?: string; fromName?: string }
type Values = Record<string, string>

const plain = { code: '24680', account: 'ann@example.com', app_name: 'Shop', expires_in_minutes: '10' }
const hard = {
  code: '<b>&amp;"\'`$&$1${account}$<code>\\',
  account: 'Ann\r\nBcc: all@example.com\u2028<script>alert(1)</script>',
  app_name: '店 & 😀 \u202eRTL "quoted"',
  expires_in_minutes: '',
}
const odd: Content = {
  subject: 'For ${account} from $<app_name>: ${code} \\${code}',
  html: '\ufeff<p title="${app_name}">$<code> <code>${code}</code> \\$<code> \\${x} for $<b>5</b></p>\r\n\t<!-- ${account} -->\n\n<p>שלום &nbsp; \u00a0 &lt;</p>',
  fromName: '${app_name} & Co',
}
const contents: Record<string, Content> = {
  odd,
  'with text by hand': { ...odd, text: 'Code: ${code}\n\n<${account}> & $<app_name>\n' },
}
for (const language of exampleLanguages) {
  for (const { design, content } of emailExamples('login', language))
    contents[`the example “${design}” in ${language}`] = content
}

/** As the editor makes it in the browser. */
function previewOf(content: Content, values: Values, variables: readonly string[]) {
  const line = (source: string) => renderLine(source, values, variables)
  return {
    subject: line(content.subject),
    html: renderHtml(content.html, values, variables),
    text: readTemplate({ id: 1, content: { text: undefined, fromName: undefined, ...content }, variables, values })
      .text,
    ...(content.fromName === undefined ? {} : { fromName: line(content.fromName) }),
  }
}

for (const [name, content] of Object.entries(contents)) {
  for (const [kind, values] of Object.entries({ plain, hard })) {
    test(`${name}, with ${kind} values: preview, test send and delivery are the same bytes`, async ({ stage }) => {
      const { owner, asApp } = await stage.ready()
      const { variables } = await getScenario(owner, 'login')
      await stage.template(owner, { content, baseVersion: 1 })
      await testSend(owner, { channel: 'email', scenario: 'login', appId: null, content, values, to: 'me@example.com' })
      await stage.send(asApp, { variables: values })
      await stage.deliver()
      const [tried, sent, ...more] = stage.provider.calls.map(({ message }) => message)
      expect(more).toEqual([])
      const preview = previewOf(content, values, variables)
      expect(tried).toEqual(preview)
      expect(sent).toEqual(preview)
    })
  }
}
