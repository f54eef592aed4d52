/** The page on which an email template is written: the default of a scenario or, with `?app=`, what an App says instead. */

import { editorWords } from '#console/accounts/words.ts'
import { type TemplatePageProps, titleOfPage } from '#console/editing/page-title.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { EmailTemplate } from '#console/templates/email/editing.tsx'
import { loadAbout, senderOf } from '#console/templates/email/load-about.ts'
import { caller, HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export const generateMetadata = titleOfPage

export default async function EmailTemplatePage({ params, searchParams }: TemplatePageProps) {
  const shell = await loadShell()
  const about = await loadAbout((await params).scenario, await searchParams)
  await Promise.all([
    prefetch(trpc.templates.get.queryOptions(about.templateKey)),
    prefetch(trpc.templates.sampleValues.queryOptions({ scenario: about.templateKey.scenario })),
  ])
  return (
    <HydrateClient>
      <Words of={editorWords}>
        <EmailTemplate
          about={about}
          shell={shell}
          from={senderOf(await caller().accounts.list({ channel: 'email' }))}
        />
      </Words>
    </HydrateClient>
  )
}
