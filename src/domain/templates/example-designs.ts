/**
 * The looks of the ready-made emails. Built for mail clients: tables, inlined styles, a preheader, readable without
 * pictures, and a dark appearance where the client offers one.
 */

/** What a ready-made email says, whatever it looks like. */
export type ExampleParts = {
  language: string
  preheader: string
  title: string
  /** A colour that says how urgent it is. */
  colour: string
  lead?: string
  /** What an alarm knows, each with its variable; none in a mail that brings a code. */
  rows: readonly (readonly [label: string, variable: string])[]
  end: string
  footer: string
}

const fonts = "-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif"
const font = `font-family:${fonts};`
const mono = 'font-family:Consolas,Menlo,monospace;'
const table = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'

/** Dark colours for clients that follow the reader's choice; the light ones stand inline. */
const darkStyle = `<style>
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background-color: #141416 !important; }
    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }
    .line { border-color: #2c2c31 !important; }
    .ink { color: #ececef !important; }
    .soft { color: #b0b0b8 !important; }
    .code { background-color: #2a2a2f !important; color: #ffffff !important; }
  }
</style>`

/** A whole mail around the rows of its widest table. */
const page = ({ language, preheader }: ExampleParts, ground: string, width: number, rows: string) => `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>\${app_name}</title>
${darkStyle}
</head>
<body class="page" style="margin:0;padding:0;background-color:${ground};">
<div style="display:none;">${preheader}</div>
<table ${table} class="page" width="100%" style="background-color:${ground};">
  <tr>
    <td align="center" style="padding:32px 16px;">
      <table ${table} width="${width}" style="width:100%;max-width:${width}px;">
${rows}
      </table>
    </td>
  </tr>
</table>
</body>
</html>
`

type Look = { size: number; align: 'left' | 'center' }

const heading = (title: string, { size, align }: Look) =>
  `            <h1 class="ink" style="margin:0 0 12px;${font}font-size:${size}px;line-height:${size + 8}px;font-weight:600;text-align:${align};color:#18181b;">${title}</h1>`
const paragraph = (text: string, { align }: Look, below = 20) =>
  `            <p class="soft" style="margin:0 0 ${below}px;${font}font-size:15px;line-height:24px;text-align:${align};color:#3f3f46;">${text}</p>`
const codeBox = `            <table ${table} width="100%" style="margin:0 0 20px;">
              <tr>
                <td class="code" align="center" style="background-color:#f4f4f5;padding:18px 8px;${mono}font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;">\${code}</td>
              </tr>
            </table>`
const codeLine = ({ align }: Look, colour: string) =>
  `            <p class="ink" style="margin:0 0 20px;${mono}font-size:36px;line-height:44px;letter-spacing:8px;font-weight:700;text-align:${align};color:${colour};">\${code}</p>`
const factRow = ([label, variable]: readonly [string, string]) => `              <tr>
                <td class="soft" width="112" style="padding:6px 12px 6px 0;${font}font-size:14px;line-height:20px;color:#71717a;vertical-align:top;">${label}</td>
                <td class="ink" style="padding:6px 0;${font}font-size:14px;line-height:20px;color:#18181b;vertical-align:top;">\${${variable}}</td>
              </tr>`
const facts = (rows: ExampleParts['rows']) => `            <table ${table} width="100%" style="margin:0 0 16px;">
${rows.map(factRow).join('\n')}
            </table>`

const body = (parts: ExampleParts, look: Look, code: string) =>
  [
    heading(parts.title, look),
    parts.lead && paragraph(parts.lead, look),
    parts.rows.length > 0 ? facts(parts.rows) : code,
    paragraph(parts.end, look, 0),
  ]
    .filter(Boolean)
    .join('\n')

const cell = (className: string, style: string, inner: string) => `        <tr>
          <td class="${className}" style="${style}">${inner}</td>
        </tr>`
const footer = (words: string, align = 'left') =>
  cell('soft', `padding:20px 4px 0;${font}font-size:12px;line-height:18px;text-align:${align};color:#71717a;`, words)

export const exampleDesigns = {
  /** A white card on grey with a line in the colour on top. */
  card: (parts: ExampleParts) =>
    page(
      parts,
      '#f4f4f5',
      480,
      [
        cell('ink', `padding:0 4px 16px;${font}font-size:15px;font-weight:600;color:#18181b;`, '${app_name}'),
        cell(
          'card',
          `background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid ${parts.colour};padding:32px;`,
          `\n${body(parts, { size: 20, align: 'left' }, codeBox)}\n          `,
        ),
        footer(parts.footer),
      ].join('\n'),
    ),
  /** As somebody writes a letter: nothing around it. */
  letter: (parts: ExampleParts) =>
    page(
      parts,
      '#ffffff',
      520,
      [
        cell('ink', `padding:0 4px 28px;${font}font-size:17px;font-weight:700;color:#18181b;`, '${app_name}'),
        cell(
          'ink line',
          'padding:0 4px 28px;border-bottom:1px solid #e4e4e7;',
          `\n${body(parts, { size: 24, align: 'left' }, codeLine({ size: 24, align: 'left' }, '#18181b'))}\n          `,
        ),
        footer(parts.footer),
      ].join('\n'),
    ),
  /** The App's name on a band of the colour; what is said stands in the middle. */
  banner: (parts: ExampleParts) => {
    const look: Look = { size: 22, align: 'center' }
    return page(
      parts,
      '#f4f4f5',
      520,
      [
        cell(
          'band',
          `background-color:${parts.colour};padding:22px 32px;${font}font-size:18px;line-height:24px;font-weight:600;text-align:center;color:#ffffff;`,
          '${app_name}',
        ),
        cell(
          'card',
          'background-color:#ffffff;padding:36px 32px;',
          `\n${body(parts, look, codeLine(look, '#18181b'))}\n          `,
        ),
        footer(parts.footer, 'center'),
      ].join('\n'),
    )
  },
}
export type ExampleDesign = keyof typeof exampleDesigns
