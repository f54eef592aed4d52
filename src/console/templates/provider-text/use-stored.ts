'use client'
/** The template of a place as it is stored, and the default that stands under an App's. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '#console/trpc/client.tsx'
import { type Place, placeUnderneath } from './place.ts'

export function useStored(place: Place) {
  const trpc = useTRPC()
  const { data } = useSuspenseQuery(trpc.templates.get.queryOptions(place))
  const below = placeUnderneath(place)
  const { data: underneath } = useSuspenseQuery(trpc.templates.get.queryOptions(below ?? place))
  return { scenario: data.scenario, stored: data.template, underneath: below && underneath.template }
}

export type Stored = ReturnType<typeof useStored>
