'use client'
/** What stands under an account's row: the stages of its check, how it ended, and what belongs to the account besides. */
import { useLocale, useTranslations } from 'next-intl'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Result } from '../ui/result.tsx'
import { joinSentences } from '../ui/sentences.ts'
import { Time } from '../ui/time.tsx'
import { AccountStages } from './account-stages.tsx'
import { ReceiptAddress } from './receipt-address.tsx'
import type { AccountListed, Check } from './use-checks.ts'

/** Loaded once a row is unfolded: its input weighs more than the whole table. */
const TestMail = lazyPart(() => import('./test-mail.tsx').then((file) => file.TestMail))

type Props = {
  account: AccountListed
  check: Check | undefined
  publicUrl: string
  /** Whether a check by this person can also send something. */
  canSend: boolean
  onValidate: (testRecipient?: string) => void
}

export function AccountDetails({ account, check, publicUrl, canSend, onValidate }: Props) {
  const t = useTranslations('Accounts')
  const isRunning = check?.isRunning ?? false
  const stages = isRunning ? (check?.stages ?? []) : (account.lastCheck ?? [])
  return (
    <div className="stack">
      {account.failing && !isRunning && (
        <Failing provider={account.provider} failing={account.failing} next={t('failingNext')} />
      )}
      {(stages.length > 0 || isRunning) && (
        <AccountStages provider={account.provider} stages={stages} isRunning={isRunning} />
      )}
      {check && !isRunning && <Ending check={check} isInForce={account.state === 'validated'} />}
      {canSend && !isRunning && (
        <TestMail address={check?.testRecipient} addressProblem={check?.addressProblem} onValidate={onValidate} />
      )}
      {account.receiptPath && <ReceiptAddress account={account} address={`${publicUrl}${account.receiptPath}`} />}
    </div>
  )
}

type FailingProps = { provider: string; failing: NonNullable<AccountListed['failing']>; next: string }

/** The account was in use and then failed: since when, what the provider said, and what to do in the end. */
export function Failing({ provider, failing, next }: FailingProps) {
  const t = useTranslations('Accounts')
  const causes = useDynamicWords('Cause', provider)
  const locale = useLocale()
  const { cause } = failing
  return (
    <Result
      tone="amber"
      title={t('failing')}
      why={
        <>
          {t.rich('failingSince', { when: () => <Time at={failing.since} /> })} {cause && causes.find(cause)}
        </>
      }
      next={joinSentences([cause && causes.find(`${cause}Hint`), next], locale)}
      code={failing.code ?? undefined}
      detail={failing.detail ?? undefined}
    />
  )
}

function Ending({ check, isInForce }: { check: Check; isInForce: boolean }) {
  const { isPassed, problem, testRecipient, declined } = check
  const t = useTranslations('Accounts')
  if (problem) return <Result {...problem} />
  if (declined) return <Result tone="grey" title={t('passedNotInForce')} why={t('staysInForce', { name: declined })} />
  // A stage that failed says all there is to say, and another account may have come into force since.
  if (!isPassed || !isInForce) return null
  const sent = testRecipient ? t('testMailSent', { address: testRecipient }) : undefined
  return <Result tone="green" title={t('inForce')} why={sent} />
}
