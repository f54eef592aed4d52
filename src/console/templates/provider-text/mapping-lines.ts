/** A mapping as lines to compare: each of the template's variables with what fills it. */
import type { Mapping } from '#channels/mapping-schema.ts'
import { placeholderOf, type Texts } from '#channels/texts.ts'
import type { Line } from './dialogs.tsx'

export const linesOfMapping = (mapping: Mapping, texts: Texts): Line[] =>
  Object.entries(mapping)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, source]) => ({
      name: placeholderOf(texts, name),
      text: 'constant' in source ? `“${source.constant}”` : source.variable,
    }))
