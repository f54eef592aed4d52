'use client'
/** What stands under an official account's row: the stages of its check, why it is stopped, and what WeChat's own console has to know of it. */
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { CodeLine } from '#console/ui/code-line.tsx'
import { Result } from '#console/ui/result.tsx'
import { Failing } from '../account-details.tsx'
import { AccountStages } from '../account-stages.tsx'
import { NewAddress } from '../receipt-address.tsx'
import type { Check } from '../use-checks.ts'
import { SecureOnly } from './secure-only.tsx'
import type { OfficialAccountListed } from './use-official-accounts-changed.ts'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

type Props = { account: OfficialAccountListed; check: Check | undefined; publicUrl: string }

export function OfficialAccountDetails({ account, check, publicUrl }: Props) {
  const t = useTranslations('OfficialAccounts')
  const isRunning = check?.isRunning ?? false
  const stages = isRunning ? (check?.stages ?? []) : (account.lastCheck ?? [])
  const { failing, callback } = account
  return (
    <div className="account-details">
      {failing && !isRunning && <Failing provider={account.provider} failing={failing} next={t('failingNext')} />}
      {(stages.length > 0 || isRunning) && (
        <AccountStages provider={account.provider} stages={stages} isRunning={isRunning} />
      )}
      {check?.problem && !isRunning && <Result {...check.problem} />}
      {callback && <Callback account={account} callback={callback} publicUrl={publicUrl} />}
    </div>
  )
}

type CallbackProps = {
  account: OfficialAccountListed
  callback: NonNullable<OfficialAccountListed['callback']>
  publicUrl: string
}

/** Where WeChat tells of what became of each card, and the keys that it signs and encrypts with. */
function Callback({ account, callback: { path, keys, secureOnly }, publicUrl }: CallbackProps) {
  const t = useTranslations('OfficialAccounts')
  const headingId = useId()
  const lines = [
    { label: t('callbackUrl'), value: `${publicUrl}${path}` },
    { label: t('callbackToken'), value: keys.token },
    { label: t('callbackAesKey'), value: keys.aesKey },
  ]
  return (
    <section className="receipt-address" aria-labelledby={headingId}>
      <h3 id={headingId}>{t('callback')}</h3>
      <p className="muted">{t('callbackWhere')}</p>
      {new URL(publicUrl).port !== '' && <Result tone="amber" title={t('callbackPort')} />}
      <dl className="callback-lines">
        {lines.map(
          ({ label, value }) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <CodeLine code={value} what={label} />
                </dd>
              </div>
            ),
        )}
      </dl>
      {secureOnly !== null && <SecureOnly id={account.id} secureOnly={secureOnly} />}
      <NewAddress
        account={account}
        consequences={[t('newAddressStops'), t('newAddressThen')]}
        changed={useOfficialAccountsChanged()}
      />
    </section>
  )
}
