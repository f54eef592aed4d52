/** What Signet itself tells people, as a mail: plain enough for every client, in the reader's light or dark. */
import type { Notice } from '../notice.ts'
import { escapeHtml, stripLineBreaks } from '../render.ts'
import type { EmailContent } from './content.ts'

const font = "font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',Arial,sans-serif;"
const longestSubject = 200

/** A mail that says a notice. Nothing in it is a variable: names are whatever people call things. */
export function noticeMail({ language, title, parts, from, link }: Notice): EmailContent {
  const said = parts.map(
    ({ heading, text }) => `<h2 style="${font}font-size:16px;margin:24px 0 4px;">${escapeHtml(heading)}</h2>
<p style="${font}font-size:14px;line-height:22px;margin:0;">${escapeHtml(text)}</p>`,
  )
  const url = escapeHtml(link.url)
  return {
    text: undefined,
    fromName: undefined,
    subject: stripLineBreaks(title).slice(0, longestSubject),
    html: `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
</head>
<body style="margin:0;padding:32px 24px;max-width:560px;">
${said.join('\n')}
<p style="${font}font-size:14px;margin:32px 0 0;"><a href="${url}">${escapeHtml(link.label)}</a></p>
<p style="${font}font-size:12px;color:#6b6b76;margin:8px 0 0;">${escapeHtml(from)}</p>
</body>
</html>`,
  }
}
