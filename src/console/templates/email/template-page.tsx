'use client'
/** Reads what the editor starts from, and starts anew when the page is about another template or it was deleted. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#console/trpc/client.tsx'
import { Editing } from './editing.tsx'
import type { PageProps } from './editing-props.ts'
import '#console/editing/template-page.css'

export function TemplatePage(props: PageProps) {
  const { place } = props.about
  const trpc = useTRPC()
  const { data } = useSuspenseQuery(trpc.templates.get.queryOptions(place))
  const { template: stored, ...read } = data
  const [generation, setGeneration] = useState(0)
  return (
    <Editing
      key={`${place.scenario} ${place.appId} ${place.locale} ${generation}`}
      {...props}
      {...read}
      stored={stored}
      onDeleted={() => setGeneration((count) => count + 1)}
    />
  )
}
