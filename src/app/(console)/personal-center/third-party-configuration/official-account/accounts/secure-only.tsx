'use client'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../../../../trpc/client.tsx'
import { useProblemWords } from '../../../../../ui/problem-words.tsx'
import { Result } from '../../../../../ui/result.tsx'
import { Tick } from '../../account-template/tick.tsx'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

/** Whether WeChat's events are taken only encrypted. */
export function SecureOnly({ id, secureOnly }: { id: string; secureOnly: boolean }) {
  const t = useTranslations('OfficialAccounts')
  const words = useProblemWords()
  const onSettled = useOfficialAccountsChanged()
  const change = useMutation(useTRPC().officialAccounts.setSecureOnly.mutationOptions({ onSettled }))
  return (
    <>
      <Tick
        label={t('secureOnly')}
        help={t('secureOnlyHelp')}
        isTicked={change.isPending ? change.variables.secureOnly : secureOnly}
        isReadOnly={change.isPending}
        onChange={(isTicked) => change.mutate({ id, secureOnly: isTicked })}
      />
      {change.error && <Result {...words.result(change.error)} />}
    </>
  )
}
