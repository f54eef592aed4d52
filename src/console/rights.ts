/** What the person at the console may do on a channel's page, from the permissions of their role. */
import type { ShellData } from './shell/load-shell.ts'

type Permissions = ShellData['permissions']

/** With accounts: see more than name and state; change them. */
export type AccountRights = { inspect: boolean; write: boolean }
/** With templates: write them; add scenarios and delete them. */
export type TemplateRights = { write: boolean; scenarios: boolean }
/** With push rules: write them. */
export type PushRuleRights = { write: boolean }

export const accountRights = (permissions: Permissions): AccountRights => ({
  inspect: permissions.includes('accounts:inspect'),
  write: permissions.includes('accounts:write'),
})

export const templateRights = (permissions: Permissions): TemplateRights => ({
  write: permissions.includes('templates:write'),
  scenarios: permissions.includes('scenarios:write'),
})

export const pushRuleRights = (permissions: Permissions): PushRuleRights => ({
  write: permissions.includes('push-rules:write'),
})
