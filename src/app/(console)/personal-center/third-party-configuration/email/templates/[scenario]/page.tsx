/** The page on which an email template is written: the default of a scenario or, with `?app=`, what an App says instead. */

import { editorWords } from '#console/accounts/words.ts'
import { EmailTemplate } from '#console/templates/email/email-template.tsx'
import { loadEmailTemplate } from '#console/templates/email/load-email-template.ts'
import { type TemplateAddress, titleOfTemplate } from '#console/templates/template-address.ts'
import { HydrateClient } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export const generateMetadata = titleOfTemplate

export default async function EmailTemplatePage(address: TemplateAddress) {
  const page = await loadEmailTemplate(address)
  return (
    <HydrateClient>
      <Words of={editorWords}>
        <EmailTemplate {...page} />
      </Words>
    </HydrateClient>
  )
}
