'use client'
/** What is edited beside the default that it is written over. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../../../../../../ui/button.tsx'
import { Dialog } from '../../../../../../ui/dialog.tsx'
import { Comparison } from './comparison.tsx'
import type { DialogsProps } from './editing-props.ts'
import { asEmail } from './stored-template.ts'

export function CompareDialog({ about, underneath, content, nonce, onClose }: DialogsProps & { onClose: () => void }) {
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const [now] = useState(() => content.get())
  if (!underneath) return null
  const isOverride = about.place.appId !== null
  const name = isOverride ? t('default') : t('base')
  return (
    <Dialog isOpen onClose={onClose} title={t(isOverride ? 'compare_override' : 'compare_variant')}>
      <div className="dialog-body">
        <Comparison
          before={{
            label: t('versionOf', { name, version: underneath.template.version }),
            content: asEmail(underneath.template.content),
          }}
          after={{ label: t('inEditor'), content: now }}
          nonce={nonce}
        />
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{common('close')}</Button>
      </div>
    </Dialog>
  )
}
