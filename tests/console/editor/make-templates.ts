/** Templates and Apps stored without the page, for specs of the editor. */
import type { Organization, Person, Signet } from '../../support/console.ts'

export const codeHtml = '<p>Your code is ${code}.</p>'

type Given = {
  appId?: string | null
  locale?: string | null
  scenario?: string
  subject?: string
  html?: string
  note?: string
  baseVersion?: number
  by?: Person
}

export async function storeTemplate(signet: Signet, { owner }: Organization, given: Given = {}): Promise<void> {
  const { appId = null, locale = null, scenario = 'login', subject = 'Your code', html = codeHtml } = given
  const { note, baseVersion = 0, by = owner } = given
  const api = await signet.api(by)
  const content = { subject, html }
  await api.templates.save.mutate({ channel: 'email', scenario, appId, locale, content, baseVersion, note })
}

export async function addApp(
  signet: Signet,
  { owner }: Organization,
  key = 'web-shop',
  name = 'Web shop',
): Promise<string> {
  const api = await signet.api(owner)
  const added = await api.apps.add.mutate({ key, name, language: 'en', codeLifetimeMinutes: 10, logo: null })
  return added.id
}
