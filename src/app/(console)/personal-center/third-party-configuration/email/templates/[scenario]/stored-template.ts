/** A template as the server stores it, and as the editor starts from it. */
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'
import type { EmailContent } from '#domain/channels/email.ts'

export type TemplateStored = NonNullable<inferRouterOutputs<AppRouter>['templates']['get']['template']>

/** What stands under a version; an older one may have been saved by somebody who is gone. */
export type Saved = { version: number; content: EmailContent; at: Date | string; by: string | null; fallBack: boolean }

/** Stored content has passed the channel's schema, so it has this form. */
export const asEmail = (content: unknown) => content as EmailContent

export const savedFrom = ({ version, content, updatedAt, updatedBy, fallBack }: TemplateStored): Saved => ({
  version,
  content: asEmail(content),
  at: updatedAt,
  by: updatedBy,
  fallBack,
})
