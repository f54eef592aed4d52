/** The delivery log and the audit trail. */
import { z } from 'zod'
import { ListAudit, listAudit } from '#domain/base/audit.ts'
import { release } from '#domain/base/holding.ts'
import { reading } from '#domain/base/reading.ts'
import { overview, ShowOverview } from '#domain/overview/overview.ts'
import { messageContent } from '#domain/sending/log/content.ts'
import { exportMessages } from '#domain/sending/log/export.ts'
import {
  CountNewMessages,
  countNewMessages,
  ListMessages,
  listMessages,
  MessageFilter,
} from '#domain/sending/log/log.ts'
import { getMessage, resendMessage, revealRecipient } from '#domain/sending/log/message.ts'
import { procedure, router } from './trpc.ts'

const ById = z.object({ id: z.uuid() })

export const messagesRouter = router({
  overview: procedure
    .input(ShowOverview)
    .query(({ ctx, input }) => reading(ctx.domain, (there) => overview(there, input))),
  list: procedure
    .input(ListMessages)
    .query(({ ctx, input }) => reading(ctx.domain, (there) => listMessages(there, input))),
  countNew: procedure
    .input(CountNewMessages)
    .query(({ ctx, input }) => reading(ctx.domain, (there) => countNewMessages(there, input))),
  export: procedure.input(MessageFilter).query(({ ctx, input }) => exportMessages(ctx.domain, input)),
  get: procedure.input(ById).query(({ ctx, input }) => getMessage(ctx.domain, input.id)),
  content: procedure.input(ById).query(({ ctx, input }) => messageContent(ctx.domain, input.id)),
  reveal: procedure.input(ById).mutation(({ ctx, input }) => revealRecipient(ctx.domain, input.id)),
  resend: procedure.input(ById).mutation(({ ctx, input }) => resendMessage(ctx.domain, input.id)),
  /** Lets workers go on where sending is held. */
  release: procedure.mutation(({ ctx }) => release(ctx.domain)),
  audit: procedure.input(ListAudit).query(({ ctx, input }) => listAudit(ctx.domain, input)),
})
