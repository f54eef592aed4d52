/** What the parts of the editor's page hand on to each other. */
import type { EmailContent } from '#channels/email/content.ts'
import { asContent } from '#console/editing/edited.ts'
import type { AskedForMore } from '#console/editing/more-menu.tsx'
import type { TemplateOpened } from '#console/editing/template-of.tsx'
import type { TemplateSaving, TemplateStored } from '#console/editing/template-saving.ts'
import type { ShellData } from '#console/shell/shell-data.ts'
import type { About } from './about.ts'
import type { ContentStore } from './content-store.ts'
import type { useDraft } from './use-draft.ts'

export const emailOf = ({ content }: TemplateStored) => asContent<EmailContent>(content)

export type PageProps = {
  about: About
  shell: ShellData
  /** As an inbox names the sender of the validated account. */
  from: { name: string; address: string }
}

export type EditingProps = PageProps & TemplateOpened

export type Draft = ReturnType<typeof useDraft>

/** What the person wants to do. */
export type Asked = AskedForMore | 'test-send' | 'example'

export type DialogsProps = EditingProps & {
  asked: Asked | undefined
  onAsk: (asked: Asked | undefined) => void
  content: ContentStore
  values: Record<string, string>
  saving: TemplateSaving<EmailContent>
  draft: Draft
  canWrite: boolean
  isChanged: boolean
}
