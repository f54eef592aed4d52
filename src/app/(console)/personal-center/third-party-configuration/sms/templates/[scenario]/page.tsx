/** The page on which an SMS template is chosen and mapped: the default of a scenario or, with `?app=`, an App's own. */

import { smsTemplateWords } from '#console/accounts/words.ts'
import { loadProviderText } from '#console/templates/provider-text/load-provider-text.ts'
import { NoAccount } from '#console/templates/provider-text/no-account.tsx'
import { SmsTemplate } from '#console/templates/provider-text/sms/sms-template.tsx'
import { type TemplateAddress, titleOfTemplate } from '#console/templates/template-address.ts'
import { HydrateClient } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export const generateMetadata = titleOfTemplate

export default async function SmsTemplatePage(address: TemplateAddress) {
  const { page, ...loaded } = await loadProviderText('sms', address)
  if (!page) return <NoAccount channel="sms" {...loaded} />
  return (
    <HydrateClient>
      <Words of={smsTemplateWords}>
        <SmsTemplate {...page} />
      </Words>
    </HydrateClient>
  )
}
