'use client'
/** The rarer things: versions, and what the template has to do with the default that it is written over. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Asked, EditingProps } from './editing-props.ts'
import type { Saving } from './use-saving.ts'

type Props = EditingProps & { canWrite: boolean; saving: Saving; onAsk: (asked: Asked) => void }

export function MoreMenu({ about, underneath, canWrite, saving, onAsk }: Props) {
  const t = useTranslations('Template')
  const { appId, locale } = about.place
  const kind = appId ? 'override' : locale ? 'variant' : 'base'
  const { saved } = saving
  return (
    <>
      <Item onClick={() => onAsk('versions')}>{t('versions')}</Item>
      {underneath && kind !== 'base' && (
        <>
          <Item onClick={() => onAsk('compare')}>{t(`compare_${kind}`)}</Item>
          {canWrite && <Item onClick={() => onAsk('start')}>{t(`start_${kind}`)}</Item>}
        </>
      )}
      {canWrite && saved && (
        <>
          <hr />
          <Item isDangerous onClick={() => onAsk('delete')}>
            {t(`delete_${kind}`)}
          </Item>
        </>
      )}
    </>
  )
}

function Item({ isDangerous, onClick, children }: { isDangerous?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="menu-item" data-danger={isDangerous || undefined} onClick={onClick}>
      {children}
    </button>
  )
}
