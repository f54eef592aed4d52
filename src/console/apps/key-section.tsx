'use client'
/** The API keys of an App. A new one is shown once, here, and is gone when the page is left. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { curlLine } from '../curl-line.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { CodeLine } from '../ui/code-line.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Section } from '../ui/page-head.tsx'
import { ShownOnce } from '../ui/shown-once.tsx'
import { AddKey, type MadeKey } from './add-key.tsx'
import type { KeySort } from './key-sorting.ts'
import { type Key, KeyTable } from './key-table.tsx'
import { RevokeKey } from './revoke-key.tsx'

type Props = { appId: string; sort: KeySort | undefined; mayWrite: boolean; url: string }

export function KeySection({ appId, sort, mayWrite, url }: Props) {
  const t = useTranslations('App')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { data: keys } = useSuspenseQuery(trpc.apps.keys.queryOptions({ appId, sort }))
  const [isAdding, setAdding] = useState(false)
  const [made, setMade] = useState<Omit<NewKeyProps, 'url' | 'onDone'>>()
  const [revoked, setRevoked] = useState<Key>()
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.apps.keys.queryKey({ appId }) }),
      queries.invalidateQueries({ queryKey: trpc.apps.get.queryKey() }),
    ])
  const add = (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {t('addKey')}
    </Button>
  )
  return (
    <Section
      id="keys"
      title={t('keys')}
      purpose={
        <>
          {t('keysPurpose')}{' '}
          <Link className="link" href="/docs" prefetch={false}>
            {t('howToCall')}
          </Link>
        </>
      }
      action={mayWrite && keys.length > 0 && add}
    >
      {made && <NewKey key={made.value} {...made} url={url} onDone={() => setMade(undefined)} />}
      {keys.length > 0 ? (
        <KeyTable keys={keys} sort={sort} onRevoke={mayWrite ? setRevoked : undefined} />
      ) : (
        <EmptyState
          title={t('noKeys')}
          text={t(mayWrite ? 'noKeysHint' : 'noKeysForOthers')}
          action={mayWrite && add}
        />
      )}
      {mayWrite && (
        <>
          <AddKey
            appId={appId}
            isOpen={isAdding}
            onClose={() => setAdding(false)}
            onMade={(key) => {
              setMade(key)
              changed()
            }}
          />
          <RevokeKey apiKey={revoked} onClose={() => setRevoked(undefined)} onRevoked={changed} />
        </>
      )}
    </Section>
  )
}

type NewKeyProps = MadeKey & { url: string; onDone: () => void }

/** A key that was just made, in full, with a call that is ready to run. It cannot be shown again. */
function NewKey({ value, name, kind, url, onDone }: NewKeyProps) {
  const t = useTranslations('App')
  return (
    <ShownOnce title={t('madeTitle', { name })} done={t('done')} onDone={onDone}>
      <p>{t('madeOnce')}</p>
      <CodeLine code={value} what={t('theKey')} />
      <p>{t(kind === 'test' ? 'tryTest' : 'tryLive')}</p>
      <CodeLine code={curlLine({ url, key: value })} what={t('theCall')} />
    </ShownOnce>
  )
}
