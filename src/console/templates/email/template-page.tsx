'use client'
/** Reads what the editor starts from, and starts anew when the page is about another template or it was deleted. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#console/trpc/client.tsx'
import { Editing } from './editing.tsx'
import type { PageProps } from './editing-props.ts'
import { placesBeside } from './place.ts'
import '#console/editing/template-page.css'

export function TemplatePage(props: PageProps) {
  const { place, appLanguage } = props.about
  const trpc = useTRPC()
  const { data } = useSuspenseQuery(trpc.templates.get.queryOptions(place))
  const { instead, underneath } = placesBeside(data.variants, place, appLanguage)
  const { data: used } = useSuspenseQuery(trpc.templates.get.queryOptions(instead ?? place))
  const { data: below } = useSuspenseQuery(trpc.templates.get.queryOptions(underneath ?? place))
  const [generation, setGeneration] = useState(0)
  return (
    <Editing
      key={`${place.scenario} ${place.appId} ${place.locale} ${generation}`}
      {...props}
      scenario={data.scenario}
      variants={data.variants}
      stored={data.template}
      instead={instead && used.template ? { place: instead, template: used.template } : null}
      underneath={underneath && below.template ? { place: underneath, template: below.template } : null}
      onDeleted={() => setGeneration((count) => count + 1)}
    />
  )
}
