/** Substitution of variables in templates. */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import {
  compiled,
  escapeHtml,
  type Finding,
  htmlElements,
  parseTemplate,
  remember,
  render,
  stripLineBreaks,
  usedBy,
  variablesIn,
} from '#channels/render.ts'
import { anyText, wellFormedText } from '../support/any-text.ts'
import { bounded } from '../support/watchdog.ts'

const declared = ['code', 'expires_in_minutes', 'app_name', 'account']
const values = { code: '482913', expires_in_minutes: '10', app_name: 'Shop', account: 'a@b.example' }
const asIs = (value: string) => value
const rendered = (source: string, own: Record<string, string> = values, names = declared) =>
  render(parseTemplate(source, names), own, asIs)
const findings = (source: string) => parseTemplate(source, declared).findings

const substitutions: [source: string, result: string][] = [
  ['${code}', '482913'],
  ['$<code>', '482913'],
  ['<b>$<code></b> and ${code}$<code>', '<b>482913</b> and 482913482913'],
  ['$${code}', '$482913'],
  ['$$<code>', '$482913'],
  ['a{code}b <code> $code $ {code} ${', 'a{code}b <code> $code $ {code} ${'],
  ['Pay $<b>5</b>', 'Pay $<b>5</b>'],
  ['Pay $<strong class="x">5</strong> $</p>', 'Pay $<strong class="x">5</strong> $</p>'],
  ['\\${code} and \\$<code>', '${code} and $<code>'],
  ['\\\\${code}', '\\${code}'],
  ['\\ C:\\code \\$ \\{', '\\ C:\\code \\$ \\{'],
  ['\\${unknown} \\$<b>', '${unknown} $<b>'],
  ['${cod}${code}', '${cod}482913'],
  ['${ code }', '${ code }'],
  ['${a${code}}', '${a482913}'],
  ['${\n${code}', '${\n482913'],
  ['${__proto__}$<constructor>${toString}', '${__proto__}$<constructor>${toString}'],
]
for (const [source, result] of substitutions) {
  test(`${JSON.stringify(source)} becomes ${JSON.stringify(result)}`, () => {
    expect(rendered(source)).toBe(result)
  })
}

test('text without variables comes back as it was', () => {
  fc.assert(
    fc.property(
      anyText({ maxLength: 500 }),
      fc.array(fc.constantFrom('$', '<b>', '\\', '{', '}', '\r\n')),
      (text, more) => {
        const source = [...text]
          .concat(more)
          .join('')
          .replaceAll('${', '$ {')
          .replaceAll('\\$<', '\\ $<')
          .replaceAll('$<code>', '')
        fc.pre(!declared.some((name) => source.includes(`$<${name}>`)))
        return rendered(source) === source
      },
    ),
    { numRuns: 500 },
  )
})

test('every value comes back escaped in HTML, wherever it stands and whatever it holds', () => {
  const special = fc.oneof(
    wellFormedText(),
    fc.constantFrom('<script>', '"\'&<>', '${code}', '$<code>', '&amp;', '$&', '$1'),
  )
  fc.assert(
    fc.property(special, special, (code, account) => {
      const html = render(parseTemplate('<p title="${account}">[$<code>]</p>', declared), { code, account }, escapeHtml)
      const [, title, body] = /^<p title="([^"<>]*)">\[([^<>"']*)\]<\/p>$/s.exec(html) ?? []
      const plain = (text = '') =>
        text.replace(
          /&(?:lt|gt|quot|amp|#39);/g,
          (entity) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&', '&#39;': "'" })[entity] ?? '',
        )
      const bare = html.replace(/&(?:lt|gt|quot|amp|#39);/g, '').match(/&/)
      expect([plain(title), plain(body), bare]).toEqual([account, code, null])
    }),
    { numRuns: 500 },
  )
})

test('a value is never substituted again', () => {
  expect(rendered('${code}', { ...values, code: '${account}$<account>' })).toBe('${account}$<account>')
})

test('both ways to write a variable are the same, and only declared names are variables', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...declared), fc.stringMatching(/^[a-z_]{1,12}$/))), (names) => {
      const braces = parseTemplate(names.map((name) => `\${${name}}`).join('|'), declared)
      const angles = parseTemplate(names.map((name) => `$<${name}>`).join('|'), declared)
      const used = [...new Set(names.filter((name) => declared.includes(name)))]
      expect([usedBy(braces), usedBy(angles)]).toEqual([used, used])
      const unknown = names.filter((name) => !declared.includes(name))
      expect(braces.findings.map(({ name, severity }) => [name, severity])).toEqual(
        unknown.map((name) => [name, 'error']),
      )
      expect(angles.findings.every(({ severity }) => severity === 'hint')).toBe(true)
    }),
  )
})

test('a variable without a value stays visible', () => {
  expect(rendered('${code} $<account>', { account: 'x' })).toBe('${code} x')
})

test('the variables of a source are named once, in the order of their use', () => {
  expect(variablesIn('$<account> ${code} ${account} ${nobody}', declared)).toEqual(['account', 'code'])
})

const errors: [source: string, found: Partial<Finding>][] = [
  ['${cod}', { kind: 'unknown_variable', name: 'cod', line: 1, column: 1, offset: 0, length: 6, nearest: 'code' }],
  ['a\nb\r\nc ${ code}', { name: 'code', line: 3, column: 3, offset: 7, length: 8, nearest: 'code' }],
  ['\r\r  ${Account}', { name: 'Account', line: 3, column: 3, nearest: 'account' }],
  ['${expires}', { name: 'expires', nearest: 'expires_in_minutes' }],
  ['${app_nmae}', { name: 'app_nmae', nearest: 'app_name' }],
  ['汉字🎉${}', { kind: 'unknown_variable', name: '', column: 5, length: 3 }],
  ['<p>${code</p>', { kind: 'unclosed_variable', line: 1, column: 4, offset: 3, length: 2 }],
  ['${code\n}', { kind: 'unclosed_variable' }],
  ['${x ${code}', { kind: 'unclosed_variable', offset: 0 }],
]
for (const [source, found] of errors) {
  test(`${JSON.stringify(source)} is an error with its place`, () => {
    expect(findings(source)).toHaveLength(1)
    expect(findings(source)[0]).toMatchObject({ severity: 'error', ...found })
  })
}

test('a name that nothing declared is near has no suggestion', () => {
  for (const name of ['x', 'phone_number', 'zzzzzz', 'q'.repeat(100)]) {
    expect(findings(`\${${name}}`)[0]).not.toHaveProperty('nearest')
  }
})

test('an undeclared $<name> is a hint where it looks misspelt, and nothing where it is HTML', () => {
  expect(findings('x $<coed>')).toEqual([
    {
      kind: 'misspelt_variable',
      severity: 'hint',
      name: 'coed',
      line: 1,
      column: 3,
      offset: 2,
      length: 7,
      nearest: 'code',
    },
  ])
  expect(findings('$<CODE>')[0]).toMatchObject({ kind: 'misspelt_variable', nearest: 'code' })
  for (const source of ['$<b>', '$<col>', '$<p class="x">', '$</b>', '$<br/>', '$<>', '$<unrelated>', '$<coed x>']) {
    expect([source, findings(source)]).toEqual([source, []])
  }
  expect(parseTemplate('$<code>', ['account']).findings).toEqual([])
  expect(htmlElements.has('code')).toBe(true)
})

test('findings stop at a hundred, the reading does not', () => {
  const { findings: found, parts } = parseTemplate(`${'${nope}'.repeat(500)}\${code}`, declared)
  expect(found).toHaveLength(100)
  expect(parts.at(-1)).toEqual({ name: 'code' })
})

test('a megabyte of the worst is read in one pass', () => {
  // Anything that looks again at all it has seen would take hours here.
  for (const worst of [
    '$',
    '${',
    '$<',
    '${a',
    '$<a',
    '\\${',
    '${code',
    '$<coed>',
    '${x}',
    '\n${',
    '$<'.padEnd(70, 'a'),
  ]) {
    const source = worst.repeat(Math.ceil(1_048_576 / worst.length))
    const { parts } = bounded(() => parseTemplate(source, declared))
    expect(parts.length).toBeGreaterThan(0)
  }
})

test('a value is made fit for one line', () => {
  expect(stripLineBreaks('a\r\nb\nc\vd\fe\u0085f\u2028g\u2029h\ti')).toBe('a b c d e f g h i')
  expect(stripLineBreaks('\u0000a\u001b[31m\u007fb')).toBe('a[31mb')
  fc.assert(
    fc.property(anyText(), (value) => {
      expect(stripLineBreaks(value)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    }),
  )
})

test('what was compiled is kept by source and names, and the longest unused is forgotten', () => {
  expect(compiled('${code}', declared)).toBe(compiled('${code}', [...declared]))
  expect(compiled('${code}', ['account'])).not.toBe(compiled('${code}', declared))
  let made = 0
  const length = remember(10, (source: string) => ({ length: source.length, count: ++made }))
  expect([length('aaaaa', []).count, length('bbbbb', []).count, length('aaaaa', []).count]).toEqual([1, 2, 1])
  expect([length('ccccc', []).count, length('aaaaa', []).count, length('bbbbb', []).count]).toEqual([3, 1, 4])
  expect(length('d'.repeat(100), []).length).toBe(100)
})
