/** The mail of the measurements: a sign-in code in 8 KB of HTML, as marketing departments lay it out. */
const size = 8192

const cell = (text: string) =>
  `<tr><td style="padding:12px 24px;font-family:Helvetica,Arial,sans-serif;font-size:14px;line-height:22px;color:#334155">${text}</td></tr>\n`
const begin = `<!doctype html>
<html><head><meta charset="utf-8"><title>\${app_name}</title></head>
<body style="margin:0;background:#f1f5f9"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">
${cell(`Hello \${account}, somebody wants to sign in to \${app_name}. Was it you? Then this is your code:`)}${cell(`<b style="font-size:32px;letter-spacing:8px">\${code}</b>`)}${cell(`It ends after \${expires_in_minutes} minutes. If it was not you, do nothing: nobody gets in without it.`)}`
const end = '</table></body></html>\n'
const filler = cell(
  'We never ask for this code by telephone or mail. Keep it to yourself, and <a href="https://example.com/help">tell us</a> when somebody wants it — that helps everybody.',
)

function fill(): string {
  let middle = ''
  while (Buffer.byteLength(begin + middle + filler + end) <= size) middle += filler
  const rest = size - Buffer.byteLength(begin + middle + end)
  return `${begin}${middle}${rest >= 9 ? `<!--${'.'.repeat(rest - 8)}-->\n` : ''}${end}`
}

export const subject = `Your code for \${app_name}: \${code}`
export const html = fill()
