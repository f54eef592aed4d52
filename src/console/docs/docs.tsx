/** The documentation of the HTTP API, for whoever writes an App's backend: open to all, in the frame of the console. */
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Call, Reference } from '#api/v1/reference.ts'
import { Frame, sideId } from '../shell/frame.tsx'
import { LanguageLinks } from '../shell/language-links.tsx'
import { Contents } from './contents.tsx'
import { Guides, guides } from './guides.tsx'
import { CallSamples, Chapter, Fields, Said, Sample } from './parts.tsx'
import { json } from './samples.ts'
import chinese from './sentences.zh-CN.json'
import './docs.css'

const sentences: Record<string, string> = chinese

/** The contents and the words to find them by, in the reader's language. */
async function contentsOf({ calls, problems }: Reference) {
  const t = await getTranslations('Docs')
  const isChinese = (await getLocale()) === 'zh-CN'
  const translated = (text: string) => (isChinese ? (sentences[text] ?? text) : text)
  return [
    { title: t('guides'), entries: guides.map((id) => ({ id, title: t(id) })) },
    {
      title: t('calls'),
      entries: calls.map(({ id, verb, path, summary }) => ({ id, verb, title: translated(summary), text: path })),
    },
    {
      title: t('more'),
      entries: [{ id: 'problems', title: t('problems'), text: problems.map(({ code }) => code).join(' ') }],
    },
  ]
}

export async function Docs({ reference }: { reference: Reference }) {
  const t = await getTranslations('Docs')
  return (
    <Frame
      skip={t('skip')}
      menu={t('contents')}
      side={
        <>
          <Contents groups={await contentsOf(reference)} sideId={sideId} />
          <div className="side-end docs-end">
            <Link className="side-link" href="/" prefetch={false}>
              {t('console')}
            </Link>
            <LanguageLinks />
          </div>
        </>
      }
    >
      <main id="main" className="main docs" tabIndex={-1}>
        <h1>{t('title')}</h1>
        <p className="docs-lead">{t('lead')}</p>
        <Guides reference={reference} />
        {reference.calls.map((call) => (
          <CallChapter key={call.id} url={reference.url} call={call} />
        ))}
        <Problems reference={reference} />
      </main>
    </Frame>
  )
}

async function CallChapter({ url, call }: { url: string; call: Call }) {
  const t = await getTranslations('Docs')
  const { id, verb, path, summary, description, parameters, body, answer, problems } = call
  const sample = body ? { verb, path, body: body.example } : { verb, path }
  return (
    <Chapter id={id} title={<Said text={summary} />}>
      <p className="docs-address">
        <code>
          <b>{verb}</b> {path}
        </code>
      </p>
      {description && (
        <p>
          <Said text={description} />
        </p>
      )}
      <CallSamples url={url} call={sample} />
      <Fields label={t('parameters')} fields={parameters} sure={t('required')} />
      {body && <Fields label={t('body')} fields={body.fields} sure={t('required')} />}
      <Fields label={t('answer', { status: answer.status })} fields={answer.fields} />
      <Sample title={t('answerSample', { status: answer.status })} code={json(answer.example)} />
      {problems.length > 0 && (
        <p className="muted small">
          <a href="#problems">{t('problems')}</a>: {problems.join(', ')}
        </p>
      )}
    </Chapter>
  )
}

async function Problems({ reference: { problems, problemFields } }: { reference: Reference }) {
  const t = await getTranslations('Docs')
  return (
    <Chapter id="problems" title={t('problems')}>
      <p>{t('problemsHow')}</p>
      <div className="list">
        <table aria-label={t('problems')}>
          <thead>
            <tr>
              <th scope="col">{t('code')}</th>
              <th scope="col">{t('status')}</th>
              <th scope="col">{t('meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ code, status, title }) => (
              <tr key={code} id={code}>
                <th scope="row">
                  <code>{code}</code>
                </th>
                <td data-label={t('status')}>{status}</td>
                <td data-label={t('meaning')}>
                  <Said text={title} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Fields label={t('problemFields')} fields={problemFields} sure={t('always')} />
    </Chapter>
  )
}
