/** Of the templates of a channel's table, those of one scenario and owner: the one that is used, and those kept for other accounts. */
import type { AccountListed } from '#console/accounts/use-checks.ts'
import type { TemplateListed } from './templates-changed.ts'

type Account = Pick<AccountListed, 'id' | 'name' | 'state'>

export type StoredTemplates = {
  used: TemplateListed | undefined
  kept: { template: TemplateListed; account: string }[]
}

export const isInForce = ({ state }: Pick<AccountListed, 'state'>): boolean =>
  state === 'validated' || state === 'failing'

/** The base language only: a table says what a place says, not how often. */
export function templatesAt(
  templates: readonly TemplateListed[],
  accounts: readonly Account[],
  { scenario, appId }: { scenario: string; appId: string | null },
): StoredTemplates {
  const found = templates.filter((each) => each.scenario === scenario && each.appId === appId && !each.locale)
  const inForce = accounts.find(isInForce)
  const isUsed = ({ accountId }: TemplateListed) => accountId === null || accountId === inForce?.id
  return {
    used: found.find(isUsed),
    kept: found.flatMap((template) => {
      const account = accounts.find(({ id }) => id === template.accountId)
      return account && !isUsed(template) ? [{ template, account: account.name }] : []
    }),
  }
}
