'use client'
/** One field of what is edited, for parts that are drawn with it. */
import { useSyncExternalStore } from 'react'
import type { ContentField, ContentStore } from './content-store.ts'

export function useField(content: ContentStore, field: ContentField): string | undefined {
  const read = () => content.get()[field]
  return useSyncExternalStore(content.subscribe, read, read)
}
