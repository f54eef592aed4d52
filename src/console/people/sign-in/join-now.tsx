'use client'
/** For somebody who is signed in with the address that was invited. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { FormBody, useSave } from '#console/ui/form.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'

export function JoinNow({ token }: { token: string }) {
  const t = useTranslations('Invite')
  const words = useProblemWords()
  const client = useTRPCClient()
  const { form, submit, isBusy, problem } = useSave(async () => {
    try {
      await client.people.acceptInvitation.mutate({ token })
    } catch (error) {
      return words.form(error, { inputs: [] })
    }
    location.assign('/')
    return undefined
  })
  return (
    <form ref={form} className="form" method="post" onSubmit={submit}>
      <FormBody problem={problem}>{null}</FormBody>
      <Button kind="primary" type="submit" isWide isBusy={isBusy}>
        {t('join')}
      </Button>
    </form>
  )
}
