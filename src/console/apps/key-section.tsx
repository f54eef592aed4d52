'use client'
/** The API keys of an App. A new one is shown once, here, and is gone when the page is left. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Section } from '../ui/page-head.tsx'
import { AddKey } from './add-key.tsx'
import type { Key } from './key-table.tsx'
import { KeyTable } from './key-table.tsx'
import { NewKey, type NewKeyProps } from './new-key.tsx'
import { RevokeKey } from './revoke-key.tsx'

type Props = { appId: string; mayWrite: boolean; url: string }

export function KeySection({ appId, mayWrite, url }: Props) {
  const t = useTranslations('App')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { data: keys } = useSuspenseQuery(trpc.apps.keys.queryOptions({ appId }))
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
    <Section id="keys" title={t('keys')} purpose={t('keysPurpose')} action={mayWrite && keys.length > 0 && add}>
      {made && <NewKey key={made.value} {...made} url={url} onDone={() => setMade(undefined)} />}
      {keys.length > 0 ? (
        <KeyTable keys={keys} onRevoke={mayWrite ? setRevoked : undefined} />
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
