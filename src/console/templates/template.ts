'use client'
/** A template in the editing engine: how it is read, saved and deleted, whatever its channel. */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import type { ReactNode } from 'react'
import type { AppRouter } from '#api/router.ts'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { type EditingOptions, type Saved, useEditing } from '../editing/editing.ts'
import type { AppName } from '../links.ts'
import type { ShellData } from '../shell/load-shell.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { domainErrorOf } from '../ui/problem-words.tsx'
import type { Deletion } from '../ui/undo-notice.tsx'
import { useTemplatesChanged } from './list/templates-changed.ts'

type TemplateRead = inferRouterOutputs<AppRouter>['templates']['get']
export type TemplateStored = NonNullable<TemplateRead['template']>

/** What the page of a template is opened with. */
export type TemplatePageProps = {
  templateKey: TemplateKey
  apps: readonly AppName[]
  /** Null for the default. */
  app: AppName | null
  shell: ShellData
}

/** The same with what is read of the template; `onDeleted` starts the editor anew, with `undo` among its notices. */
export type TemplateOpened = TemplatePageProps &
  Omit<TemplateRead, 'template'> & {
    stored: TemplateStored | null
    onDeleted: (deletion: Deletion) => void
    undo: ReactNode
  }

/** What a template is to others: an App's own, a language's, or the one that both stand in for. */
export const kindOf = ({ appId, locale }: TemplateKey) => (appId ? 'override' : locale ? 'variant' : 'base')

/** Stored content has passed the schema of its channel, so it has the form that the channel's page names. */
export const asContent = <Content>(content: unknown) => content as Content

type Options<Draft> = Pick<EditingOptions<Draft>, 'isDraft' | 'isSame' | 'blocked' | 'refused'> & {
  /** What the editor opens with: something that is stored, or nothing. */
  draftOf: (from: Pick<TemplateStored, 'content' | 'fallBack'> | null) => Draft
  /** What the editor starts from while nothing is stored. */
  startFrom: TemplateStored | null
  contentOf: (draft: Draft) => unknown
  /** Whether the default stands in for it while it cannot be used; as it is stored unless said. */
  fallBackOf?: (draft: Draft) => boolean
}

export function useTemplateEditing<Draft>(opened: TemplateOpened, options: Options<Draft>) {
  const { templateKey, shell, stored } = opened
  const { draftOf, startFrom, contentOf, fallBackOf, ...guards } = options
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const changed = useTemplateChanged(templateKey)
  const savedFrom = (template: TemplateStored): Saved<Draft> => ({
    version: template.version,
    draft: draftOf(template),
    at: template.updatedAt,
    by: template.updatedBy,
  })
  const { channel, scenario, appId, locale, accountId } = templateKey
  return useEditing<Draft>({
    ...guards,
    stored: stored && savedFrom(stored),
    start: draftOf(startFrom && { ...startFrom, fallBack: false }),
    canWrite: shell.permissions.includes('templates:write'),
    storageKey: [shell.organization?.id, channel, scenario, appId, locale, accountId].join(' '),
    async send(draft, baseVersion, note) {
      const fallBack = fallBackOf?.(draft) ?? stored?.fallBack ?? false
      const sent = { ...templateKey, content: contentOf(draft), baseVersion, fallBack, note }
      const { version } = await client.templates.save.mutate(sent)
      // Saved is saved: the lists catch up by themselves, and the next save need not wait for them.
      void changed()
      return { version, draft, at: new Date(), by: shell.user.name }
    },
    async findTheirs(error) {
      if (domainErrorOf(error)?.data.reason !== 'template_changed') return undefined
      const options = trpc.templates.get.queryOptions(templateKey, { staleTime: 0 })
      const { template } = await queryClient.fetchQuery(options)
      return template && savedFrom(template)
    },
  })
}

/** Reads again what shows the template that was changed. */
export function useTemplateChanged(templateKey: TemplateKey) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const listsChanged = useTemplatesChanged()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.templates.get.pathFilter()),
      queryClient.invalidateQueries(trpc.templates.versions.queryFilter(templateKey)),
      listsChanged(),
    ])
  }
}
