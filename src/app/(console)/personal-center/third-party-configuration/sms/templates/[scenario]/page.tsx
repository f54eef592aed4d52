/** The page on which an SMS template is chosen and mapped: the default of a scenario or, with `?app=`, an App's own. */
import { HydrateClient } from '../../../../../../trpc/server.tsx'
import { Words } from '../../../../../../ui/words.tsx'
import { loadShell } from '../../../../../load-shell.ts'
import { loadPlace } from '../../../account-template/load-place.ts'
import { NoAccount } from '../../../account-template/no-account.tsx'
import { type TemplatePageProps, titleOfPage } from '../../../template-page/page-title.ts'
import { smsTemplateWords } from '../../../words.ts'
import { SmsTemplate } from './sms-template.tsx'

export const generateMetadata = titleOfPage

export default async function SmsTemplatePage({ params, searchParams }: TemplatePageProps) {
  const shell = await loadShell()
  const { scenario, app, about } = await loadPlace('sms', (await params).scenario, await searchParams)
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
