/** Push rules: which event of an App goes out as which message of which official account. */
import { z } from 'zod'
import { Undo } from '#domain/base/undo.ts'
import {
  getPushRule,
  ListPushRules,
  listPushRules,
  removePushRule,
  restorePushRule,
  setPushRuleEnabled,
} from '#domain/push-rules/push-rules.ts'
import { SavePushRule, savePushRule } from '#domain/push-rules/saving.ts'
import { TestPush, testPush } from '#domain/sending/trials/test-push.ts'
import { procedure, router } from './trpc.ts'

const ById = z.object({ id: z.uuid() })

export const pushRulesRouter = router({
  list: procedure.input(ListPushRules).query(({ ctx, input }) => listPushRules(ctx.domain, input)),
  get: procedure.input(ById).query(({ ctx, input }) => getPushRule(ctx.domain, input.id)),
  save: procedure.input(SavePushRule).mutation(({ ctx, input }) => savePushRule(ctx.domain, input)),
  setEnabled: procedure
    .input(ById.extend({ enabled: z.boolean() }))
    .mutation(({ ctx, input }) => setPushRuleEnabled(ctx.domain, input)),
  remove: procedure.input(ById).mutation(({ ctx, input }) => removePushRule(ctx.domain, input.id)),
  /** Undoes a removal. */
  restore: procedure.input(Undo).mutation(({ ctx, input }) => restorePushRule(ctx.domain, input)),
  /** Sends exactly this content, saved or not, to one follower, at once. */
  testPush: procedure.input(TestPush).mutation(({ ctx, input }) => testPush(ctx.domain, input)),
})
