/** What a template at a place is to others: an App's own, a language's, or the one that both stand in for. */
import type { TemplatePlace } from '#domain/templates/place.ts'

export const kindOf = ({ appId, locale }: TemplatePlace) => (appId ? 'override' : locale ? 'variant' : 'base')
