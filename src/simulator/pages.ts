/**
 * The inbox for a person: a list, which follows by itself, and one message. Promises that nothing of a message runs or loads
 * anything: values are escaped, its HTML stands in a sandboxed frame under a policy of its own, and its page has no script.
 */
import { readFileSync } from 'node:fs'
import { type Channel, type ChannelId, channelOf, type Delivery, type DeliveryView, type Language } from './channel.ts'
import { followScript } from './follow.ts'
import type { Reply, Request, Route } from './http.ts'
import type { Inbox } from './inbox.ts'
import { type Html, html } from './markup.ts'
import { languageOf, type Words, wordsOf } from './words.ts'

const listed = 100
const followMs = 5000

const stylesheet = readFileSync(new URL('./pages.css', import.meta.url), 'utf8')
const icon = readFileSync(new URL('./icon.svg', import.meta.url), 'utf8')

const basePolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
const listPolicy = `${basePolicy}; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'`
/** A srcdoc frame inherits this policy, and mails carry their styles inline. */
const messagePolicy = `${basePolicy}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'`
const framePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"

type Page = { language: Language; words: Words; title: string; here: URL; follows?: boolean; main: Html; head: Html }

function otherLanguageLink({ language, here, words }: Page): Html {
  const address = new URL(here)
  const other = language === 'zh' ? 'en' : 'zh'
  address.searchParams.set('lang', other)
  const tag = other === 'zh' ? 'zh-CN' : 'en'
  return html`<a href="${address.pathname}${address.search}" lang="${tag}" hreflang="${tag}">${words.otherLanguage}</a>`
}

function layout(page: Page): string {
  const script = page.follows ? html`<script src="/follow.js" defer></script>` : undefined
  return html`<!doctype html>
<html lang="${page.words.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${script}
<title>${page.title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<header>${page.head}<nav>${otherLanguageLink(page)}</nav></header>
<main>${page.main}</main>
</body>
</html>
`.source
}

const reply = (status: number, policy: string, page: Page): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body: layout(page),
  headers: { 'content-security-policy': policy, vary: 'accept-language' },
})

function timeElement(delivery: Delivery, words: Words): Html {
  const at = new Date(delivery.at)
  const shown = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at)
  return html`<time datetime="${at.toISOString()}">${shown}</time>`
}

const asked = ({ url, headers }: Request): Language => languageOf(url.searchParams.get('lang'), headers)

/** Keeps a language that was chosen in the address while following links. */
const suffix = ({ url }: Request, separator: '?' | '&'): string => {
  const chosen = url.searchParams.get('lang')
  return chosen === 'en' || chosen === 'zh' ? `${separator}lang=${chosen}` : ''
}

function row(delivery: Delivery, title: string, words: Words, languageSuffix: string): Html {
  return html`<tr>
<td data-label="${words.subject}"><a class="content" href="/messages/${delivery.id}${languageSuffix}">${title || words.noSubject}</a></td>
<td data-label="${words.to}" class="mono">${delivery.to}</td>
<td data-label="${words.channel}"><span class="badge">${words.channels[delivery.channel]}</span></td>
<td data-label="${words.time}">${timeElement(delivery, words)}</td>
</tr>
`
}

type Chosen = { to: string; channel: ChannelId | undefined }

function filterForm(request: Request, { to, channel }: Chosen, channels: readonly Channel[], words: Words): Html {
  const chosen = request.url.searchParams.get('lang')
  const language = chosen ? html`<input type="hidden" name="lang" value="${chosen}">` : undefined
  const all = to || channel ? html`<a href="/${suffix(request, '?')}">${words.showAll}</a>` : undefined
  const options = [...new Set(channels.map(({ id }) => id))].map(
    (id) => html`<option value="${id}"${id === channel ? html` selected` : undefined}>${words.channels[id]}</option>`,
  )
  return html`<form method="get" action="/" role="search">${language}
<div class="fields">
<div><label for="to">${words.filter}</label>
<input id="to" name="to" type="search" value="${to}" maxlength="254" autocomplete="off"></div>
<div><label for="channel">${words.channel}</label>
<select id="channel" name="channel"><option value="">${words.anyChannel}</option>${options}</select></div>
<button>${words.apply}</button>${all}</div></form>`
}

/** What the reader filters by; a channel that is not one filters nothing. */
function chosenIn({ url }: Request, channels: readonly Channel[]): Chosen {
  const asked = url.searchParams.get('channel')
  return { to: (url.searchParams.get('to') ?? '').trim(), channel: channels.find(({ id }) => id === asked)?.id }
}

function listPage(request: Request, channels: readonly Channel[], inbox: Inbox): Reply {
  const language = asked(request)
  const words = wordsOf(language)
  const chosen = chosenIn(request, channels)
  const { to, channel } = chosen
  const isFiltered = to !== '' || channel !== undefined
  const filter = { ...(to && { toContains: to }), ...(channel && { channel }) }
  const deliveries = inbox.list({ ...filter, limit: listed })
  const titleOf = (delivery: Delivery) => channelOf(channels, delivery)?.summarize(delivery).title ?? ''
  const rows = deliveries.map((delivery) => row(delivery, titleOf(delivery), words, suffix(request, '?')))
  const headings = [words.subject, words.to, words.channel, words.time].map(
    (name) => html`<th scope="col">${name}</th>`,
  )
  const table = html`<table aria-labelledby="title"><thead><tr>${headings}</tr></thead><tbody>
${rows}</tbody></table>`
  const none = to ? words.noMatch(to) : words.noneOnChannel
  const empty = html`<p class="empty">${isFiltered ? none : words.empty}</p>`
  const counted = html`<p class="count">${words.newest(deliveries.length, inbox.count(filter))}</p>`
  return reply(200, listPolicy, {
    language,
    words,
    title: words.title,
    here: request.url,
    follows: true,
    head: html`<div><h1 id="title">${words.title}</h1><p>${words.purpose}</p></div>`,
    main: html`${filterForm(request, chosen, channels, words)}<div id="list">${rows.length > 0 ? html`${counted}${table}` : empty}</div>`,
  })
}

/** For some elements a browser makes a connection before it asks a policy: they become elements that mean nothing. */
const quiet = (source: string) =>
  source
    .replace(/<(\/?)(?=(?:iframe|frame|frameset|object|embed|applet|portal|fencedframe)(?:[\s/>]|$))/gi, '<$1no-')
    .replace(/<link(?=[\s/>]|$)/gi, '<basefont')

function preview(source: string, words: Words): Html {
  const framed = `<meta http-equiv="content-security-policy" content="${framePolicy}">${quiet(source)}`
  return html`<iframe title="${words.preview}" sandbox srcdoc="${framed}"></iframe>`
}

type Card = Extract<DeliveryView['content'], { form: 'card' }>

/** As WeChat draws it. A tap leads nowhere here: the address is the message's, and untrusted. */
function card({ title, lines, jump }: Card): Html {
  const rows = lines.map(([label, value]) => {
    const name = label ? html`<span>${label}</span>` : undefined
    return html`<p${label ? undefined : html` class="whole"`}>${name}<span>${value}</span></p>`
  })
  return html`<div class="card"><h3>${title}</h3>${rows}${jump ? html`<p class="jump">${jump}</p>` : undefined}</div>`
}

function contentSections({ content }: DeliveryView, words: Words): Html {
  if (content.form === 'card') return html`<section><h2>${words.preview}</h2>${card(content)}</section>`
  if (content.form !== 'mail') {
    const isSpoken = content.form === 'call'
    const heading = isSpoken ? words.spoken : words.preview
    return html`<section><h2>${heading}</h2><p class="bubble${isSpoken ? ' spoken' : ''}">${content.text}</p></section>`
  }
  return html`
<section><h2>${words.preview}</h2>${content.html ? preview(content.html, words) : html`<p class="empty">${words.noHtml}</p>`}</section>
<section><h2>${words.text}</h2>${content.text ? html`<pre tabindex="0">${content.text}</pre>` : html`<p class="empty">${words.noText}</p>`}</section>`
}

function messageMain(delivery: Delivery, view: DeliveryView, words: Words): Html {
  const facts = view.facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value || '–'}</dd>`)
  const heading = view.content.form === 'mail' ? words.headers : words.details
  return html`${contentSections(view, words)}
<section><h2>${heading}</h2><dl>${facts}</dl></section>
<details><summary>${words.raw}</summary><pre tabindex="0">${view.raw}</pre></details>
<p class="id">${delivery.id}</p>`
}

async function messagePage(request: Request, channels: readonly Channel[], inbox: Inbox): Promise<Reply> {
  const language = asked(request)
  const words = wordsOf(language)
  const delivery = inbox.get(request.parameters[0] ?? '')
  const channel = channelOf(channels, delivery)
  const back = html`<a class="back" href="/${suffix(request, '?')}">‹ ${words.back}</a>`
  const common = { language, words, here: request.url }
  if (!delivery || !channel) {
    const main = html`<p class="empty">${words.notFound}</p>`
    return reply(404, listPolicy, { ...common, title: words.title, head: html`<div>${back}<h1>404</h1></div>`, main })
  }
  const view = await channel.view(delivery, language)
  const title = view.title || words.noSubject
  const about = html`<span class="badge">${words.channels[delivery.channel]}</span> <span class="mono">${delivery.to}</span> · ${timeElement(delivery, words)}`
  const head = html`<div>${back}<h1>${title}</h1><p>${about}</p></div>`
  return reply(200, messagePolicy, { ...common, title, head, main: messageMain(delivery, view, words) })
}

/** The pages and the files they need. */
export function pageRoutes(channels: readonly Channel[], inbox: Inbox): Route[] {
  const file = (type: string, body: string) => (): Reply => ({ status: 200, type, body })
  return [
    { method: 'GET', path: /^\/$/, answer: (request) => listPage(request, channels, inbox) },
    { method: 'GET', path: /^\/messages\/([^/]+)$/, answer: (request) => messagePage(request, channels, inbox) },
    { method: 'GET', path: /^\/pages\.css$/, answer: file('text/css; charset=utf-8', stylesheet) },
    {
      ...{ method: 'GET', path: /^\/follow\.js$/ },
      answer: file('text/javascript; charset=utf-8', followScript(followMs)),
    },
    { method: 'GET', path: /^\/icon\.svg$/, answer: file('image/svg+xml', icon) },
  ]
}
