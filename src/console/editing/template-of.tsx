'use client'
/** Reads the template that a page is about, and starts its form anew when the page is about another one or it was deleted. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { useTRPC } from '../trpc/client.tsx'
import type { TemplateRead, TemplateStored } from './template-saving.ts'
import './template-page.css'

/** What a form starts from. */
export type TemplateOpened = Omit<TemplateRead, 'template'> & { stored: TemplateStored | null; onDeleted: () => void }

type Props<Page> = { page: Page; of: ComponentType<Page & TemplateOpened> }

export function TemplateOf<Page extends { about: { templateKey: TemplateKey } }>({ page, of: Form }: Props<Page>) {
  const { templateKey } = page.about
  const { data } = useSuspenseQuery(useTRPC().templates.get.queryOptions(templateKey))
  const { template: stored, ...read } = data
  const [generation, setGeneration] = useState(0)
  const { scenario, appId, locale, accountId } = templateKey
  return (
    <Form
      key={`${scenario} ${appId} ${locale} ${accountId} ${generation}`}
      {...page}
      {...read}
      stored={stored}
      onDeleted={() => setGeneration((count) => count + 1)}
    />
  )
}
