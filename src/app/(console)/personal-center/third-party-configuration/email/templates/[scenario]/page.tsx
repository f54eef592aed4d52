/** The page on which an email template is written: the default of a scenario or, with `?app=`, what an App says instead. */
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getLocale } from 'next-intl/server'
import { caller, HydrateClient, prefetch, trpc } from '../../../../../../trpc/server.tsx'
import { Words } from '../../../../../../ui/words.tsx'
import { loadShell } from '../../../../../load-shell.ts'
import { scenarioName } from '../../../../../scenario-name.ts'
import { editorWords } from '../../../words.ts'
import { loadPlace, senderOf } from './load-place.ts'
import { placesBeside } from './place.ts'
import { TemplatePage } from './template-page.tsx'

type Props = {
  params: Promise<{ scenario: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await loadShell()
  const { scenario: key } = await params
  const scenario = (await caller().templates.scenarios()).find((candidate) => candidate.key === key)
  return { title: scenario && scenarioName(scenario, await getLocale()) }
}

export default async function EmailTemplatePage({ params, searchParams }: Props) {
  const shell = await loadShell()
  const about = await loadPlace((await params).scenario, await searchParams)
  const { variants } = await prefetch(trpc.templates.get.queryOptions(about.place))
  const { instead, underneath } = placesBeside(variants, about.place, about.appLanguage)
  const others = [instead, underneath].filter((place) => place !== null)
  await Promise.all([
    ...others.map((place) => prefetch(trpc.templates.get.queryOptions(place))),
    prefetch(trpc.templates.sampleValues.queryOptions({ scenario: about.place.scenario })),
  ])
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <HydrateClient>
      <Words of={editorWords}>
        <TemplatePage
          about={about}
          shell={shell}
          from={senderOf(await caller().accounts.list({ channel: 'email' }))}
          nonce={nonce}
        />
      </Words>
    </HydrateClient>
  )
}
