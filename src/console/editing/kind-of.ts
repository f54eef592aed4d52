/** What a template is to others: an App's own, a language's, or the one that both stand in for. */
import type { TemplateKey } from '#domain/templates/template-key.ts'

export const kindOf = ({ appId, locale }: TemplateKey) => (appId ? 'override' : locale ? 'variant' : 'base')
