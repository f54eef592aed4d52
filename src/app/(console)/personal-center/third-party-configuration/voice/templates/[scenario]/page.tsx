/** The page on which a voice template is written and proven: the default of a scenario or, with `?app=`, an App's own. */

import { proofSubject } from '#channels/voice/check.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { voiceTemplateWords } from '#console/accounts/words.ts'
import { asContent } from '#console/editing/edited.ts'
import { type TemplatePageProps, titleOfPage } from '#console/editing/page-title.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { loadAbout } from '#console/templates/provider-text/load-about.ts'
import { NoAccount } from '#console/templates/provider-text/no-account.tsx'
import { VoiceTemplate } from '#console/templates/provider-text/voice/voice-editing.tsx'
import { HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export const generateMetadata = titleOfPage

export default async function VoiceTemplatePage({ params, searchParams }: TemplatePageProps) {
  const shell = await loadShell()
  const { scenario, app, about } = await loadAbout('voice', (await params).scenario, await searchParams)
  if (!about) {
    const canAdd = shell.permissions.includes('accounts:write')
    return <NoAccount channel="voice" scenario={scenario} app={app} canAdd={canAdd} />
  }
  const { template } = await prefetch(trpc.templates.get.queryOptions(about.templateKey))
  if (template) {
    const subject = proofSubject(asContent<VoiceContent>(template.content))
    await prefetch(trpc.templates.proof.queryOptions({ accountId: about.templateKey.accountId, subject }))
  }
  return (
    <HydrateClient>
      <Words of={voiceTemplateWords}>
        <VoiceTemplate about={about} shell={shell} />
      </Words>
    </HydrateClient>
  )
}
