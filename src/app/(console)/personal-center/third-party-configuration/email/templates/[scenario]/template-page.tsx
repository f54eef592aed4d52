'use client'
/** The head of the page, the form, and what has been saved so far. */
import { useSuspenseQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useLocale, useTranslations } from 'next-intl'
import { useRef } from 'react'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '../../../../../../trpc/client.tsx'
import { PageHead } from '../../../../../../ui/page-head.tsx'
import { Time } from '../../../../../../ui/time.tsx'
import { scenarioName } from '../../../../../scenario-name.ts'
import type { TemplateRights } from '../../../rights.ts'
import type { AppName } from '../../../templates/chosen-app.ts'
import { templatesAddress } from '../../../templates/template-address.ts'
import { ContentView } from './content-view.tsx'
import { contentOf, emptyContent } from './template-content.ts'
import { TemplateForm, type TemplateFormHandle } from './template-form.tsx'
import { VersionsSection } from './versions-section.tsx'
import './template.css'

export type TemplateStored = NonNullable<inferRouterOutputs<AppRouter>['templates']['get']['template']>

type Props = { scenario: string; app: AppName | null; rights: TemplateRights }

export function TemplatePage({ scenario: key, app, rights }: Props) {
  const t = useTranslations('TemplateForm')
  const shell = useTranslations('Shell')
  const locale = useLocale()
  const trpc = useTRPC()
  const form = useRef<TemplateFormHandle>(null)
  const place = { channel: 'email', scenario: key, appId: app?.id ?? null } as const
  const { data } = useSuspenseQuery(trpc.templates.get.queryOptions(place))
  const { data: byDefault } = useSuspenseQuery(trpc.templates.get.queryOptions({ ...place, appId: null }))
  const { scenario, template } = data
  const start = template ?? byDefault.template
  const content = start ? contentOf(start.content) : emptyContent
  return (
    <>
      <PageHead
        crumbs={[
          { label: shell('personalCenter') },
          { label: shell('thirdParty') },
          { label: shell('channel_email'), href: templatesAddress(app) },
        ]}
        title={scenarioName(scenario, locale)}
        aside={<Whose app={app} template={template} />}
        purpose={app && !template ? (start ? t('fromDefault', { app: app.name }) : t('nothingYet')) : undefined}
      />
      {rights.write ? (
        <TemplateForm ref={form} place={place} scenario={scenario} stored={template} start={content} />
      ) : (
        <ContentView content={content} />
      )}
      <VersionsSection place={place} canUse={rights.write} onUse={(used) => form.current?.fill(used)} />
    </>
  )
}

/** Whose template this is, and which version of it is stored. */
function Whose({ app, template }: { app: AppName | null; template: TemplateStored | null }) {
  const t = useTranslations('TemplateForm')
  return (
    <p className="template-whose">
      <span className="badge grey">{app ? t('ofApp', { app: app.name }) : t('ofDefault')}</span>
      {template && (
        <span className="muted small">
          {t.rich('saved', {
            version: template.version,
            when: () => <Time key="when" at={template.updatedAt} />,
            by: template.updatedBy ?? t('nobody'),
          })}
        </span>
      )}
    </p>
  )
}
