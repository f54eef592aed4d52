/** How the person is told of incidents; nothing for whom nobody tells. */
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { NoticesForm } from './notices-form.tsx'

export async function IncidentNotices() {
  const { user, organization, permissions } = await loadShell()
  if (!organization || !permissions.includes('incidents:write')) return null
  return <NoticesForm {...(await caller().incidents.notices())} email={user.email} organization={organization.name} />
}
