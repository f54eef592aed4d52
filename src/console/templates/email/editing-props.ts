/** What the parts of the editor's page hand on to each other. */
import type { EmailContent } from '#channels/email/email.ts'
import type { AskedForMore } from '#console/editing/more-menu.tsx'
import { asContent, type TemplateStored } from '#console/editing/stored-template.ts'
import type { Saving } from '#console/editing/use-saving.ts'
import type { ShellData } from '#console/shell/shell-data.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import type { ContentStore } from './content-store.ts'
import type { About, Place, Variant } from './place.ts'
import type { useDraft } from './use-draft.ts'

export const emailOf = ({ content }: TemplateStored) => asContent<EmailContent>(content)

export type PageProps = {
  about: About
  shell: ShellData
  /** As an inbox names the sender of the validated account. */
  from: { name: string; address: string }
}

/** A template that stands elsewhere. */
export type Beside = { place: Place; template: TemplateStored }

export type EditingProps = PageProps & {
  scenario: Scenario
  variants: readonly Variant[]
  stored: TemplateStored | null
  /** What a send is made from as long as nothing is stored here. */
  instead: Beside | null
  /** What this template is written over: the default or, for a language of the default, its base. */
  underneath: Beside | null
  onDeleted: () => void
}

export type Draft = ReturnType<typeof useDraft>

/** What the person wants to do. */
export type Asked = AskedForMore | 'test-send' | 'example'

export type DialogsProps = EditingProps & {
  asked: Asked | undefined
  onAsk: (asked: Asked | undefined) => void
  content: ContentStore
  values: Record<string, string>
  saving: Saving<EmailContent>
  draft: Draft
  canWrite: boolean
  isChanged: boolean
}
