/** Every procedure of the console. */
import { Search, search } from '#domain/search/search.ts'
import { accountsRouter } from './accounts.ts'
import { appsRouter } from './apps.ts'
import { dataRouter } from './data.ts'
import { dependentsRouter } from './dependents.ts'
import { incidentsRouter } from './incidents.ts'
import { messagesRouter } from './messages.ts'
import { officialAccountsRouter } from './official-accounts.ts'
import { peopleRouter } from './people.ts'
import { pushRulesRouter } from './push-rules.ts'
import { templatesRouter } from './templates.ts'
import { procedure, router } from './trpc.ts'
import { webhooksRouter } from './webhooks.ts'

export const appRouter = router({
  accounts: accountsRouter,
  apps: appsRouter,
  data: dataRouter,
  dependents: dependentsRouter,
  incidents: incidentsRouter,
  messages: messagesRouter,
  officialAccounts: officialAccountsRouter,
  people: peopleRouter,
  pushRules: pushRulesRouter,
  search: procedure.input(Search).query(({ ctx, input }) => search(ctx.domain, input)),
  templates: templatesRouter,
  webhooks: webhooksRouter,
})

export type AppRouter = typeof appRouter
