/** The page on which a voice template is written and proven: the default of a scenario or, with `?app=`, an App's own. */
import type { VoiceContent } from '#domain/channels/voice.ts'
import { proofSubject } from '#domain/channels/voice-check.ts'
import { HydrateClient, prefetch, trpc } from '../../../../../../trpc/server.tsx'
import { Words } from '../../../../../../ui/words.tsx'
import { loadShell } from '../../../../../load-shell.ts'
import { loadPlace } from '../../../account-template/load-place.ts'
import { NoAccount } from '../../../account-template/no-account.tsx'
import { type TemplatePageProps, titleOfPage } from '../../../template-page/page-title.ts'
import { asContent } from '../../../template-page/stored-template.ts'
import { voiceTemplateWords } from '../../../words.ts'
import { VoiceTemplate } from './voice-template.tsx'

export const generateMetadata = titleOfPage

export default async function VoiceTemplatePage({ params, searchParams }: TemplatePageProps) {
  const shell = await loadShell()
  const { scenario, app, about } = await loadPlace('voice', (await params).scenario, await searchParams)
  if (!about) {
    const canAdd = shell.permissions.includes('accounts:write')
    return <NoAccount channel="voice" scenario={scenario} app={app} canAdd={canAdd} />
  }
  const { template } = await prefetch(trpc.templates.get.queryOptions(about.place))
  if (template) {
    const subject = proofSubject(asContent<VoiceContent>(template.content))
    await prefetch(trpc.templates.proof.queryOptions({ accountId: about.place.accountId, subject }))
  }
  return (
    <HydrateClient>
      <Words of={voiceTemplateWords}>
        <VoiceTemplate about={about} shell={shell} />
      </Words>
    </HydrateClient>
  )
}
