/** The parts that the documentation is put together from: prose with code in it, samples, and tables of fields. */
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Field } from '#api/v1/reference.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { curlOf, type SampledCall, typescriptOf } from './samples.ts'
import chinese from './sentences.zh-CN.json'

const sentences: Record<string, string> = chinese

/** What the description of the HTTP API says, in the reader's language; what is between backticks is code. */
export function Said({ text }: { text: string }) {
  const words = useLocale() === 'zh-CN' ? (sentences[text] ?? text) : text
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence do not move
  return words.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}

export function Sample({ title, code }: { title: string; code: string }) {
  return (
    <figure className="sample">
      <figcaption>
        {title}
        <CopyButton value={code} what={title} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <pre tabIndex={0}>{code}</pre>
    </figure>
  )
}

/** The same call twice, side by side. */
export function CallSamples({ url, call }: { url: string; call: SampledCall }) {
  return (
    <div className="samples">
      <Sample title="curl" code={curlOf(url, call)} />
      <Sample title="TypeScript" code={typescriptOf(url, call)} />
    </div>
  )
}

/** @param sure the word for a field that is always there */
export function Fields({ label, fields, sure }: { label: string; fields: readonly Field[]; sure?: string }) {
  const t = useTranslations('Docs')
  if (fields.length === 0) return null
  return (
    <>
      <h3>{label}</h3>
      <table className="fields" aria-label={label}>
        <thead className="unseen">
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, type, isSure, description }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                {isSure && sure && <span className="field-sure">{sure}</span>}
              </th>
              <td>
                <span className="muted">{type}</span>
                {description && (
                  <p>
                    <Said text={description} />
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

export function Chapter({ id, title, children }: { id: string; title: ReactNode; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <a href={`#${id}`}>{title}</a>
      </h2>
      {children}
    </section>
  )
}
