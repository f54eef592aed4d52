'use client'
import { Checkbox } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result, type ResultProps } from '#console/ui/result.tsx'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

/** Whether WeChat's events are taken only encrypted. */
export function SecureOnly({ id, secureOnly }: { id: string; secureOnly: boolean }) {
  const t = useTranslations('OfficialAccounts')
  const words = useProblemWords()
  const client = useTRPCClient()
  const changed = useOfficialAccountsChanged()
  const [wanted, setWanted] = useState<boolean>()
  const [problem, setProblem] = useState<ResultProps>()
  const change = async (isTicked: boolean) => {
    setWanted(isTicked)
    try {
      await client.officialAccounts.setSecureOnly.mutate({ id, secureOnly: isTicked })
      await changed()
      setProblem(undefined)
    } catch (error) {
      setProblem(words.result(error))
    }
    setWanted(undefined)
  }
  return (
    <>
      <Checkbox
        label={t('secureOnly')}
        description={t('secureOnlyHelp')}
        checked={wanted ?? secureOnly}
        disabled={wanted !== undefined}
        onChange={({ currentTarget }) => void change(currentTarget.checked)}
      />
      {problem && <Result {...problem} />}
    </>
  )
}
