'use client'
/** What every template's page asks in a dialog, one at a time; those that show contents are loaded when they are opened first. */
import { useTranslations } from 'next-intl'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import type { AppName } from '../templates/list/chosen-app.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { DeleteTemplate } from './delete-template.tsx'
import { asContent, type Compare, type Edited, isAlike } from './edited.ts'
import { generic } from './generic.ts'
import { kindOf } from './kind-of.ts'
import type { AskedForMore } from './more-menu.tsx'
import { StartDialog } from './start-dialog.tsx'
import type { TemplateSaving, TemplateStored } from './template-saving.ts'

const ConflictDialog = generic<typeof import('./conflict-dialog.tsx').ConflictDialog>(
  lazyPart(() => import('./conflict-dialog.tsx').then((file) => file.ConflictDialog)),
)
const VersionsDialog = generic<typeof import('./versions-dialog.tsx').VersionsDialog>(
  lazyPart(() => import('./versions-dialog.tsx').then((file) => file.VersionsDialog)),
)
const CompareDialog = generic<typeof import('./compare-dialog.tsx').CompareDialog>(
  lazyPart(() => import('./compare-dialog.tsx').then((file) => file.CompareDialog)),
)

type Props<Content> = {
  templateKey: TemplateKey
  app: AppName | null
  asked: AskedForMore | undefined
  onClose: () => void
  content: Edited<Content>
  saving: TemplateSaving<Content>
  compare: Compare<Content>
  /** What the template is written over. */
  underneath: TemplateStored | null
  /** How many languages of its own go with it when it is deleted. */
  languages?: number
  canWrite: boolean
  isChanged: boolean
  /** Told when there is nothing unsaved any more. */
  onSettled?: () => void
  onDeleted: () => void
}

export function TemplateDialogs<Content>(props: Props<Content>) {
  const { templateKey, app, asked, onClose, content, saving, compare, underneath, canWrite, isChanged, onSettled } =
    props
  const t = useTranslations('Template')
  const below = underneath && asContent<Content>(underneath.content)
  const isOverride = kindOf(templateKey) === 'override'
  const theirs = { content, compare }
  return (
    <>
      {saving.conflict && (
        <ConflictDialog {...theirs} conflict={saving.conflict} saving={saving} {...(onSettled ? { onSettled } : {})} />
      )}
      {asked === 'versions' && (
        <VersionsDialog
          {...theirs}
          templateKey={templateKey}
          canWrite={canWrite}
          isChanged={isChanged}
          onClose={onClose}
        />
      )}
      {asked === 'compare' && underneath && below && (
        <CompareDialog
          {...theirs}
          title={t(isOverride ? 'compare_override' : 'compare_variant')}
          underneath={{
            label: t('versionOf', { name: t(isOverride ? 'default' : 'base'), version: underneath.version }),
            content: below,
          }}
          onClose={onClose}
        />
      )}
      <StartDialog
        isOpen={asked === 'start'}
        onClose={onClose}
        isEqual={below !== null && isAlike(content.get(), below)}
        onConfirm={() => below && content.replace(below)}
      />
      <DeleteTemplate
        templateKey={templateKey}
        app={app}
        languages={props.languages ?? 0}
        isOpen={asked === 'delete'}
        onClose={onClose}
        onDeleted={props.onDeleted}
      />
    </>
  )
}
