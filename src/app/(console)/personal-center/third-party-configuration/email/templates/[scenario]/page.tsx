/** The page on which an email template is written: the default of a scenario or, with `?app=`, what an App says instead. */
import { caller, HydrateClient, prefetch, trpc } from '../../../../../../trpc/server.tsx'
import { Words } from '../../../../../../ui/words.tsx'
import { loadShell } from '../../../../../load-shell.ts'
import { type TemplatePageProps, titleOfPage } from '../../../template-page/page-title.ts'
import { editorWords } from '../../../words.ts'
import { loadPlace, senderOf } from './load-place.ts'
import { placesBeside } from './place.ts'
import { TemplatePage } from './template-page.tsx'

export const generateMetadata = titleOfPage

export default async function EmailTemplatePage({ params, searchParams }: TemplatePageProps) {
  const shell = await loadShell()
  const about = await loadPlace((await params).scenario, await searchParams)
  const { variants } = await prefetch(trpc.templates.get.queryOptions(about.place))
  const { instead, underneath } = placesBeside(variants, about.place, about.appLanguage)
  const others = [instead, underneath].filter((place) => place !== null)
  await Promise.all([
    ...others.map((place) => prefetch(trpc.templates.get.queryOptions(place))),
    prefetch(trpc.templates.sampleValues.queryOptions({ scenario: about.place.scenario })),
  ])
  return (
    <HydrateClient>
      <Words of={editorWords}>
        <TemplatePage about={about} shell={shell} from={senderOf(await caller().accounts.list({ channel: 'email' }))} />
      </Words>
    </HydrateClient>
  )
}
