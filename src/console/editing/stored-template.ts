/** A template as the server stores it, and as its page starts from it. */
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'

export type TemplateRead = inferRouterOutputs<AppRouter>['templates']['get']
export type TemplateStored = NonNullable<TemplateRead['template']>

/** What stands under a version; an older one may have been saved by somebody who is gone. */
export type Saved<Content> = {
  version: number
  content: Content
  at: Date | string
  by: string | null
  fallBack: boolean
}

/** Stored content has passed the schema of its channel, so it has the form that the channel's page names. */
export const asContent = <Content>(content: unknown) => content as Content

export const savedFrom = <Content>({
  version,
  content,
  updatedAt,
  updatedBy,
  fallBack,
}: TemplateStored): Saved<Content> => ({
  version,
  content: asContent<Content>(content),
  at: updatedAt,
  by: updatedBy,
  fallBack,
})
