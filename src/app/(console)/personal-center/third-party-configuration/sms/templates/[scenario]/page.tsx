/** The page on which an SMS template is chosen and mapped: the default of a scenario or, with `?app=`, an App's own. */

import { smsTemplateWords } from '#console/accounts/words.ts'
import { type TemplatePageProps, titleOfPage } from '#console/editing/page-title.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { loadAbout } from '#console/templates/provider-text/load-about.ts'
import { NoAccount } from '#console/templates/provider-text/no-account.tsx'
import { SmsTemplate } from '#console/templates/provider-text/sms/sms-editing.tsx'
import { HydrateClient } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export const generateMetadata = titleOfPage

export default async function SmsTemplatePage({ params, searchParams }: TemplatePageProps) {
  const shell = await loadShell()
  const { scenario, app, about } = await loadAbout('sms', (await params).scenario, await searchParams)
  if (!about) {
    const canAdd = shell.permissions.includes('accounts:write')
    return <NoAccount channel="sms" scenario={scenario} app={app} canAdd={canAdd} />
  }
  return (
    <HydrateClient>
      <Words of={smsTemplateWords}>
        <SmsTemplate about={about} shell={shell} />
      </Words>
    </HydrateClient>
  )
}
