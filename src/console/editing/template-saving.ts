'use client'
/** A template as the server stores it, as its page starts from it, and how it is saved. */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { useTemplatesChanged } from '../templates/list/templates-changed.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { domainErrorOf } from '../ui/problem-words.tsx'
import type { ResultProps } from '../ui/result.tsx'
import { asContent, type Edited } from './edited.ts'
import { type Saved, type Saving, useSaving } from './use-saving.ts'

export type TemplateRead = inferRouterOutputs<AppRouter>['templates']['get']
export type TemplateStored = NonNullable<TemplateRead['template']>

export type SavedTemplate<Content> = Saved<Content> & { fallBack: boolean }
export type TemplateSaving<Content> = Saving<Content, SavedTemplate<Content>>

export const savedFrom = <Content>(stored: TemplateStored): SavedTemplate<Content> => ({
  version: stored.version,
  content: asContent<Content>(stored.content),
  at: stored.updatedAt,
  by: stored.updatedBy,
  fallBack: stored.fallBack,
})

type Options<Content> = {
  templateKey: TemplateKey
  content: Edited<Content>
  stored: TemplateStored | null
  author: string
  /** Whether the default stands in for it while it cannot be used; as it is stored unless said. */
  fallBack?: () => boolean
  /** These as in `useSaving`. */
  edited?: unknown
  blocked: () => ResultProps | undefined
  refused?: (error: unknown) => ResultProps | undefined
}

export function useTemplateSaving<Content>(options: Options<Content>): TemplateSaving<Content> {
  const { templateKey, content, stored, author, ...guarded } = options
  const client = useTRPCClient()
  const changed = useTemplateChanged()
  return useSaving<Content, SavedTemplate<Content>>({
    ...guarded,
    content,
    initial: stored && savedFrom<Content>(stored),
    async send(sent, baseVersion, note, saved) {
      const fallBack = options.fallBack?.() ?? saved?.fallBack ?? false
      const { version } = await client.templates.save.mutate({
        ...templateKey,
        content: sent,
        baseVersion,
        fallBack,
        note,
      })
      // Saved is saved: the lists catch up by themselves, and the next save need not wait for them.
      void changed(templateKey)
      return { version, content: sent, at: new Date(), by: author, fallBack }
    },
    async findTheirs(error) {
      if (domainErrorOf(error)?.data.reason !== 'template_changed') return undefined
      const { template } = await client.templates.get.query(templateKey)
      return template && savedFrom(template)
    },
    show: (theirs) => content.replace(theirs.content, theirs.fallBack),
  })
}

/** Reads again what shows the template that was changed. */
export function useTemplateChanged() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const listsChanged = useTemplatesChanged()
  return async (templateKey: TemplateKey) => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.templates.get.pathFilter()),
      queryClient.invalidateQueries(trpc.templates.versions.queryFilter(templateKey)),
      listsChanged(),
    ])
  }
}
