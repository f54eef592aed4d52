/** What a person edits on a template's page, as its dialogs and its saving need to know it. */
import type { ReactNode } from 'react'

export type Edited<Content> = {
  get(): Content
  /** Puts other content in place of all: an older version, somebody else's. `fallBack` stays as it is unless given. */
  replace(content: Content, fallBack?: boolean): void
}

export type Side<Content> = { label: string; content: Content }

/** Shows where two contents differ. */
export type Compare<Content> = (before: Side<Content>, after: Side<Content>) => ReactNode

/** JSON with the names of every object in one order: stored content comes back in another. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/** Whether two contents would be stored alike. */
export const isAlike = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder)

/** Stored content has passed the schema of its channel, so it has the form that the channel's page names. */
export const asContent = <Content>(content: unknown) => content as Content
