/** The page on which a voice template is written and proven: the default of a scenario or, with `?app=`, an App's own. */

import { proofSubject } from '#channels/voice/check.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { voiceTemplateWords } from '#console/accounts/words.ts'
import { loadProviderText } from '#console/templates/provider-text/load-provider-text.ts'
import { NoAccount } from '#console/templates/provider-text/no-account.tsx'
import { VoiceTemplate } from '#console/templates/provider-text/voice/voice-template.tsx'
import { type TemplateAddress, titleOfTemplate } from '#console/templates/template-address.ts'
import { HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export const generateMetadata = titleOfTemplate

export default async function VoiceTemplatePage(address: TemplateAddress) {
  const { page, ...loaded } = await loadProviderText('voice', address)
  if (!page) return <NoAccount channel="voice" {...loaded} />
  const { template } = await prefetch(trpc.templates.get.queryOptions(page.templateKey))
  if (template) {
    const subject = proofSubject(template.content as VoiceContent)
    await prefetch(trpc.templates.proof.queryOptions({ accountId: page.account.id, subject }))
  }
  return (
    <HydrateClient>
      <Words of={voiceTemplateWords}>
        <VoiceTemplate {...page} />
      </Words>
    </HydrateClient>
  )
}
