'use client'
/** Where the account's provider pushes receipts to: to be copied there, and changed when somebody has learnt it who should not. */
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useTRPCClient } from '../trpc/client.tsx'
import { CodeLine } from '../ui/code-line.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { AccountListed } from './use-checks.ts'
import { useAccountsChanged } from './use-checks.ts'

type Props = { account: AccountListed; address: string }

export function ReceiptAddress({ account, address }: Props) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Accounts', account.provider)
  const headingId = useId()
  return (
    <section className="receipt-address" aria-labelledby={headingId}>
      <h3 id={headingId}>{t('receiptAddress')}</h3>
      <CodeLine code={address} what={t('receiptAddress')} />
      <p className="muted">{words('receiptHelp')}</p>
      <NewAddress
        account={account}
        consequences={[words('newAddressStops'), words('newAddressThen')]}
        changed={useAccountsChanged(account.channel)}
      />
    </section>
  )
}

type NewAddressProps = { account: { id: string; name: string }; consequences: string[]; changed: () => Promise<void> }

/** Asks before an account is given another address. */
export function NewAddress({ account, consequences, changed }: NewAddressProps) {
  const t = useTranslations('Accounts')
  const client = useTRPCClient()
  const words = useProblemWords()
  const [isAsking, setAsking] = useState(false)
  const rotate = async () => {
    try {
      await client.accounts.rotateReceiptAddress.mutate({ id: account.id })
      await changed()
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <>
      <button type="button" className="quiet" onClick={() => setAsking(true)}>
        {t('newAddress')}
      </button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('newAddressTitle', { name: account.name })}
        consequences={consequences}
        verb={t('newAddress')}
        onConfirm={rotate}
      />
    </>
  )
}
