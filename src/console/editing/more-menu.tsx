'use client'
/** The rarer things: versions, and what the template has to do with the one that it is written over. */
import { useTranslations } from 'next-intl'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { kindOf } from './kind-of.ts'

export type AskedForMore = 'versions' | 'compare' | 'start' | 'delete'

type Props = {
  templateKey: TemplateKey
  /** Whether there is something that it is written over. */
  isOver: boolean
  isStored: boolean
  canWrite: boolean
  onAsk: (asked: AskedForMore) => void
}

export function MoreMenu({ templateKey, isOver, isStored, canWrite, onAsk }: Props) {
  const t = useTranslations('Template')
  const kind = kindOf(templateKey)
  return (
    <Menu label={t('more')} align="end" buttonClass="button template-more" button={<Icon name="more" />}>
      <MenuItem onClick={() => onAsk('versions')}>{t('versions')}</MenuItem>
      {isOver && kind !== 'base' && (
        <>
          <MenuItem onClick={() => onAsk('compare')}>{t(`compare_${kind}`)}</MenuItem>
          {canWrite && <MenuItem onClick={() => onAsk('start')}>{t(`start_${kind}`)}</MenuItem>}
        </>
      )}
      {canWrite && isStored && (
        <>
          <MenuLine />
          <MenuItem isDanger onClick={() => onAsk('delete')}>
            {t(`delete_${kind}`)}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
