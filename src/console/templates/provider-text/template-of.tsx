'use client'
/** Reads what a form starts from, and starts it anew when the page is about another template or it was deleted. */
import { type ComponentType, useState } from 'react'
import type { EditingProps, PageProps } from './use-editing.ts'
import { useStored } from './use-stored.ts'
import '#console/editing/template-page.css'

export function TemplateOf({ about, shell, of: Form }: PageProps & { of: ComponentType<EditingProps> }) {
  const read = useStored(about.place)
  const [generation, setGeneration] = useState(0)
  const { scenario, appId, accountId } = about.place
  return (
    <Form
      key={`${scenario} ${appId} ${accountId} ${generation}`}
      {...read}
      about={about}
      shell={shell}
      onDeleted={() => setGeneration((count) => count + 1)}
    />
  )
}
