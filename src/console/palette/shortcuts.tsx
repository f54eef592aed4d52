'use client'
/** The keys of the console, listed. */
import { useTranslations } from 'next-intl'
import { Dialog } from '../ui/dialog.tsx'

/** `command` is the key that commands are given with on this computer. */
type Props = { command: string; isOpen: boolean; onClose: () => void }

export function Shortcuts({ command, isOpen, onClose }: Props) {
  const t = useTranslations('Palette')
  const shortcuts = [
    { does: t('doesSearch'), keys: [command, 'K'] },
    { does: t('doesSave'), keys: [command, 'S'] },
    { does: t('doesFind'), keys: ['/'] },
    { does: t('doesOverview'), keys: ['G', 'O'] },
    { does: t('doesApps'), keys: ['G', 'A'] },
    { does: t('doesMessages'), keys: ['G', 'M'] },
    { does: t('doesShortcuts'), keys: ['?'] },
  ]
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('shortcuts')}>
      <dl className="dialog-body shortcuts">
        {shortcuts.map(({ does, keys }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
