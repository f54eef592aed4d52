/** What the editor's worker reads out of a template besides the typing: hints, the inbox line, the plain text. */
import type { EmailContent } from '#channels/email/content.ts'
import { renderHtml } from '#channels/email/render.ts'
import { checkText, renderText } from '#channels/email/text.ts'
import { attributesOf, leadOf, scanTags } from '../html-scan.ts'
import { clientFindings } from './client-findings.ts'
import { type Finding, placesIn } from './finding.ts'
import { structureFindings } from './structure-findings.ts'

export type Question = {
  id: number
  content: EmailContent
  variables: readonly string[]
  values: Record<string, string>
}

export type Reading = {
  id: number
  findings: Finding[]
  /** The first words of the mail, with the sample values. */
  lead: string
  /** Its plain-text part, with the sample values. */
  text: string
  /** The same with the variables in their places. */
  textSource: string
  /** Whether it has pictures that only the internet has. */
  hasRemoteImages: boolean
  /** What the HTML weighs. */
  bytes: number
}

/** Whether a mail has pictures that only the internet has. */
function hasRemoteImages(html: string): boolean {
  let isFound = /url\(\s*(?:["']\s*)?https?:/i.test(html)
  scanTags(html, (tag) => {
    if (isFound) return false
    isFound = attributesOf(html, tag).some(
      ({ name, value }) =>
        (name === 'background' || (name === 'src' && tag.name === 'img')) && /^\s*https?:/i.test(value),
    )
  })
  return isFound
}

/** The source with every `$<name>` that is a variable out of the way, each piece where it was: it is no tag. */
const withoutAngled = (html: string, variables: readonly string[]) =>
  html.replace(/\$<(\w+)>/g, (written, name: string) => (variables.includes(name) ? `$(${name})` : written))

export function readTemplate({ id, content, variables, values }: Question): Reading {
  const placeOf = placesIn(content.html)
  const html = withoutAngled(content.html, variables)
  const rendered = renderHtml(content.html, values, variables)
  const textSource = renderText(content, {}, variables)
  const hasNoText = textSource.trim() === '' && content.html.trim() !== ''
  return {
    id,
    findings: [
      ...checkText(content).map(
        ({ code, severity }): Finding => ({ code, severity, field: 'html', params: {}, count: 1 }),
      ),
      ...structureFindings(html, placeOf),
      ...clientFindings(html, placeOf),
      ...(hasNoText ? [{ code: 'text_missing', severity: 'hint', field: 'text', params: {}, count: 1 } as const] : []),
    ],
    lead: leadOf(rendered).text,
    text: renderText(content, values, variables),
    textSource,
    hasRemoteImages: hasRemoteImages(rendered),
    bytes: new TextEncoder().encode(content.html).length,
  }
}
