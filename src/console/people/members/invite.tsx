'use client'
/** Invites an address with a role. The link is shown once and sent by whoever invites: there may be no mail account yet. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { SelectField, TextField } from '#console/ui/fields.tsx'
import type { FormValues } from '#console/ui/form.tsx'
import { FormDrawer } from '#console/ui/form-drawer.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import type { MadeInvitation } from './invite-link.tsx'
import { type Rights, type Role, rolesFor } from './roles.ts'

type Props = {
  rights: Rights
  isOpen: boolean
  onClose: () => void
  onMade: (made: MadeInvitation) => void
}

export function Invite({ rights, isOpen, onClose, onMade }: Props) {
  const t = useTranslations('Members')
  const words = useProblemWords()
  const client = useTRPCClient()
  const roles = rolesFor(rights)
  const invite = async (values: FormValues) => {
    const email = values.email?.trim() ?? ''
    const role = roles.find((each) => each === values.role) ?? 'viewer'
    try {
      const { url, expiresAt } = await client.people.invite.mutate({ email, role })
      onMade({ email, url, expiresAt })
      return undefined
    } catch (error) {
      return words.form(error, { inputs: ['email', 'role'] })
    }
  }
  return (
    <FormDrawer
      isOpen={isOpen}
      onClose={onClose}
      title={t('inviteTitle')}
      intro={t('inviteIntro')}
      verb={t('inviteVerb')}
      onSave={invite}
    >
      <TextField name="email" type="email" label={t('email')} help={t('emailHelp')} required autoComplete="off" />
      <RoleField roles={roles} />
    </FormDrawer>
  )
}

/** The choice of a role, with what it allows beneath. */
function RoleField({ roles }: { roles: Role[] }) {
  const t = useTranslations('Members')
  const shell = useTranslations('Shell')
  const [role, setRole] = useState<Role>('author')
  return (
    <SelectField
      name="role"
      label={t('role')}
      help={t(`help_${role}`)}
      defaultValue="author"
      options={roles.map((each) => ({ value: each, label: shell(`role_${each}`) }))}
      onChange={(event) => setRole(roles.find((each) => each === event.currentTarget.value) ?? role)}
    />
  )
}
