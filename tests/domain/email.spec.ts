/** The channel `email`: addresses, checks of templates, and how a template becomes a mail. */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { EmailContent } from '#channels/email/content.ts'
import { email } from '#channels/email/email.ts'
import { anyText, wellFormedText } from '../support/any-text.ts'
import { bounded } from '../support/watchdog.ts'

const declared = ['code', 'expires_in_minutes', 'app_name', 'account']
const values = { code: '482913', expires_in_minutes: '10', app_name: 'Shop & Co', account: 'a@b.example' }
const verification = { kind: 'verification', variables: declared } as const
const notification = { kind: 'notification', variables: ['device_name', 'alarm_content', 'app_name'] } as const
const content = (changes: Partial<EmailContent> = {}): EmailContent =>
  EmailContent.parse({ subject: 'Your code', html: '<p>${code}</p>', ...changes })
const problems = (changes: Partial<EmailContent>, scenario: typeof verification | typeof notification = verification) =>
  email.check(content(changes), scenario).map(({ path, code, severity }) => `${path} ${code} ${severity}`)

test.describe('an address', () => {
  const good: [string, string][] = [
    ['a@b.example', 'a@b.example'],
    ['First.Last+tag@EXAMPLE.Com', 'First.Last+tag@example.com'],
    ["o'brien_{x}@mail-1.example.co.uk", "o'brien_{x}@mail-1.example.co.uk"],
    ['b@例子.测试', 'b@xn--fsqu00a.xn--0zwm56d'],
    ['b@BÜCHER.example', 'b@xn--bcher-kva.example'],
  ]
  for (const [written, normal] of good) {
    test(`"${written}" is taken as ${normal}`, () => {
      expect(email.recipient.safeParse(written)).toMatchObject({ success: true, data: normal })
    })
  }

  const bad = [
    ...[
      '',
      'root',
      '@b.example',
      'a@',
      'a@b',
      'a@@b.example',
      'a@b@c.example',
      'a b@c.example',
      ' a@b.example',
      'a@b.example ',
    ],
    ...[
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      'a@b.example; c@d.example',
      '<a@b.example>',
      'A <a@b.example>',
    ],
    ...[
      '"a"@b.example',
      'a,b@c.example',
      'a:b@c.example',
      'a;b@c.example',
      'a(b)@c.example',
      'a\\b@c.example',
      'a\u0000@b.example',
    ],
    ...['.a@b.example', 'a.@b.example', 'a..b@c.example', 'ä@b.example', '张@b.example', 'a\u200b@b.example'],
    ...[
      'a@b..example',
      'a@.example',
      'a@b.example.',
      'a@-b.example',
      'a@b-.example',
      'a@b_c.example',
      'a@1.2.3.4',
      'a@[1.2.3.4]',
      'a@2130706433',
    ],
    ...['a@b.example/x', 'a@b.example:25', 'a@b%2eexample', 'a@b.example?x', 'a@b.example#x', 'a@xn--a.example\u2028'],
    ...[`${'a'.repeat(65)}@b.example`, `a@${'b'.repeat(64)}.example`, `a@${'b.'.repeat(130)}example`],
  ]
  for (const written of bad) {
    test(`${JSON.stringify(written).slice(0, 60)} is refused`, () => {
      expect(email.recipient.safeParse(written).success).toBe(false)
    })
  }

  test('that is taken holds one @, no blank, no control character and no character that lists or quotes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          anyText().map((text) => `a${text}@b.example`),
        ),
        (written) => {
          const parsed = email.recipient.safeParse(written)
          if (!parsed.success) return true
          const isPlain = /^[^\s@<>,;:"()\\]+@[a-z0-9.-]+$/.test(parsed.data)
          return isPlain && email.recipient.parse(parsed.data) === parsed.data
        },
      ),
      { numRuns: 500 },
    )
  })
})

test.describe('the check of a template', () => {
  test('finds nothing wrong with a good one', () => {
    expect(problems({})).toEqual([])
    expect(problems({ text: 'Code: ${code}', fromName: '${app_name}' })).toEqual([])
    expect(problems({ html: '<p>${device_name}</p>' }, notification)).toEqual([])
  })

  test('wants the code of a verification in the HTML, and in a plain text that was written', () => {
    expect(problems({ html: '<p>Hello</p>' })).toEqual(['html code_missing error'])
    expect(problems({ html: '<p>\\${code}</p>' })).toEqual(['html code_missing error'])
    expect(problems({ html: '<p>$<code></p>', text: 'Hello' })).toEqual(['text code_missing error'])
    expect(problems({ html: '<p>Hello</p>' }, notification)).toEqual([])
  })

  test('variables may stand in it two thousand times, so that long values make no mail of hundreds of megabytes', () => {
    expect(problems({ html: `<p>${'${code}'.repeat(2000)}</p>` })).toEqual([])
    expect(problems({ html: `<p>${'${code}'.repeat(2001)}</p>` })).toEqual(['html too_many_uses error'])
  })

  test('refuses unknown variables in every field, with line, column and the nearest name', () => {
    const changes = {
      subject: '${cod}',
      html: '<p>\n  ${code} ${acount}</p>',
      text: '${code}${x',
      fromName: '${nobody}',
    }
    expect(email.check(content(changes), verification)).toEqual([
      expect.objectContaining({
        path: 'subject',
        code: 'unknown_variable',
        params: expect.objectContaining({ nearest: 'code' }),
      }),
      {
        path: 'html',
        code: 'unknown_variable',
        severity: 'error',
        params: { name: 'acount', line: 2, column: 11, offset: 14, length: 9, nearest: 'account' },
      },
      expect.objectContaining({ path: 'text', code: 'unclosed_variable', severity: 'error' }),
      expect.objectContaining({ path: 'fromName', code: 'unknown_variable', severity: 'error' }),
    ])
    expect(problems({ html: '<p>${code}</p>' }, notification)).toEqual(['html unknown_variable error'])
  })

  test('only hints at a $<name> that looks misspelt', () => {
    expect(problems({ html: '<p>${code} $<acount> $<b>5</b></p>' })).toEqual(['html misspelt_variable hint'])
  })

  const noElement = [
    'Hello ${code}',
    '${code} < 5 > 3',
    '<!-- <p> --> ${code}',
    '<nobody>${code}</nobody>',
    '${code} $<account>',
    '<p ${code}',
  ]
  for (const html of noElement) {
    test(`refuses "${html}", which holds no HTML element`, () => {
      expect(problems({ html })).toEqual(['html no_html_element error'])
    })
  }

  test('takes any HTML element for HTML', () => {
    for (const html of [
      '<P>${code}',
      '${code}<br>',
      '${code}<br/>',
      '<!-- x --><b\nclass="x">${code}</b>',
      '<h1>${code}</h1>',
    ]) {
      expect([html, problems({ html })]).toEqual([html, []])
    }
  })

  test('refuses what is too large in bytes, and hints at what Gmail cuts off', () => {
    expect(problems({ html: `<p>\${code}</p>${'汉'.repeat(400_000)}` })).toEqual(['html too_large error'])
    expect(problems({ html: `<p>\${code}</p>${'x'.repeat(110_000)}` })).toEqual(['html clipped hint'])
    expect(EmailContent.safeParse({ subject: 'x', html: 'x'.repeat(1_048_577) }).success).toBe(false)
  })

  test('is done in one pass over the worst megabyte', () => {
    // Anything that looks again at all it has seen would take hours here.
    for (const worst of ['<!--', '<', '<p', '<nobody ', '${', '<a<!-- ', '$<x>']) {
      const html = worst.repeat(Math.floor(1_000_000 / worst.length))
      const found = bounded(() =>
        email.check({ subject: 'x', html, text: undefined, fromName: undefined }, verification),
      )
      expect(found).toContainEqual({ path: 'html', code: 'code_missing', severity: 'error' })
    }
  })
})

test('content has a subject of one line, HTML, and nothing unknown; blank optional fields are none', () => {
  expect(content({ subject: '  Hi ', text: ' \n', fromName: ' ' })).toEqual({ subject: 'Hi', html: '<p>${code}</p>' })
  for (const wrong of [
    { subject: 'a\nb' },
    { subject: ' ' },
    { subject: 'x'.repeat(999) },
    { html: '' },
    { more: 1 },
    { fromName: 'a\r\nb' },
  ]) {
    expect(EmailContent.safeParse({ ...content(), ...wrong }).success).toBe(false)
  }
})

test.describe('a mail', () => {
  test('has its values escaped in HTML, as they are in text, and on one line in the subject and from name', () => {
    const template = content({
      subject: '${app_name}: ${code}',
      html: '<b title="${app_name}">$<code></b>',
      text: '${app_name} ${code}',
      fromName: '${app_name}',
    })
    expect(email.compose(template, { ...values, app_name: '<A>\r\n"B" & ${code}' }, declared)).toEqual({
      subject: '<A> "B" & ${code}: 482913',
      html: '<b title="&lt;A&gt;\r\n&quot;B&quot; &amp; ${code}">482913</b>',
      text: '<A>\r\n"B" & ${code} 482913',
      fromName: '<A> "B" & ${code}',
    })
  })

  test('gets its plain text from the HTML when none was written, values as they are', () => {
    const html = `<html><head><title>T</title><style>p { color: red }</style></head><body>
      <div style="display:none">Preheader</div><h1>Hello ${'${account}'}</h1>
      <table><tr><td>Your code:</td><td>$<code></td></tr></table>
      <p>Costs $<b>5</b>, <a href="https://shop.example/?c=${'${code}'}">open</a> <img src="x.png" alt="${'${app_name}'}"></p>
      <ul><li>One</li><li>Two</li></ul></body></html>`
    const { text } = email.compose(content({ html }), { ...values, account: '<i>Li</i>' }, declared)
    expect(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ).toEqual([
      'Hello <i>Li</i>',
      'Your code:',
      '482913',
      'Costs $5, open <https://shop.example/?c=482913> Shop & Co',
      '* One',
      '* Two',
    ])
  })

  test('keeps every value whole in the generated text', () => {
    fc.assert(
      fc.property(wellFormedText({ minLength: 1 }), (code) => {
        const { text } = email.compose(
          content({ html: '<h2>[$<code>]</h2><p>${code}</p>' }),
          { ...values, code },
          declared,
        )
        expect(text).toBe(`[${code}]\n\n${code}`)
      }),
    )
  })

  test('is the same every time for the same values', () => {
    const template = content({ html: '<p>${code} ${account}</p>' })
    expect(email.compose(template, values, declared)).toEqual(
      email.compose({ ...template }, { ...values }, [...declared]),
    )
  })

  test('gets a text even from HTML that nests without end: what stands between its tags', () => {
    // Converted as HTML some of these take a minute.
    for (const worst of ['<div>', '<h1>', '<ul><li>', '<b>x</i>', '<svg>', '<pre>', '<p><b>']) {
      const html = `<ul><li>Code: \${code}</li></ul>${worst.repeat(Math.floor(900_000 / worst.length))}`
      const { text } = bounded(() => email.compose(content({ html }), values, declared))
      expect(text.slice(0, 12)).toBe('Code: 482913')
    }
  })

  test('costs bounded work whatever its HTML is, and a text that is not many times as long', () => {
    const wide = (around: string, end: string, inside: string) =>
      `${around.repeat(199)}${inside.repeat(900_000 / inside.length)}${end.repeat(199)}`
    const worst = {
      implied: '<td><li>'.repeat(125_000),
      sections: '<section><p>'.repeat(80_000),
      paragraphs: '<td><p>'.repeat(140_000),
      quoted: wide('<blockquote>', '</blockquote>', 'w<br>'),
      paragraphsInQuotes: wide('<blockquote>', '</blockquote>', '<p>w'),
      listed: wide('<ul><li>', '</li></ul>', 'w<br>'),
      linked: wide('<a href="x">', '</a>', 'word '),
      hiddenFromOthers: `<iframe>${'<td><li>'.repeat(100_000)}</iframe>`,
      inAttributes: `<p title="${'</div>'.repeat(1000)}">${'<div>'.repeat(180_000)}`,
      stray: `${'<b>'.repeat(499)}${'</i>'.repeat(240_000)}`,
    }
    for (const html of Object.values(worst)) {
      const started = performance.now()
      const { text } = bounded(() => email.compose(content({ html }), values, declared))
      // Unbounded, each of these takes half a minute or writes eighty megabytes.
      expect({ isShort: text.length < 10_000_000, isQuick: performance.now() - started < 25_000 }).toEqual({
        isShort: true,
        isQuick: true,
      })
    }
  })

  test('is made of a mail of one megabyte as it is usually written', () => {
    const row =
      '<tr><td style="padding:8px 16px"><a href="https://example.com/1" style="color:red">Item</a> of one</td></tr>'
    const html = `${'<table><tr><td>'.repeat(12)}<table>${row.repeat(9000)}</table>${'</td></tr></table>'.repeat(12)}`
    expect(email.compose(content({ html }), values, declared).text.includes('<https://example.com/1>')).toBe(true)
    expect(problems({ html: `\${code} ${html}` })).toEqual(['html clipped hint'])
  })

  test('cannot be saved with HTML that makes no text, unless the text is written by hand', () => {
    const html = `\${code}${'<td><li>'.repeat(2000)}`
    expect(problems({ html })).toEqual(['html too_complex error'])
    expect(problems({ html, text: '${code}' })).toEqual([])
  })

  test('is the same whether its text was made in a thread or not, and other work goes on meanwhile', async () => {
    const html = `<h1>\${code}</h1>${'<table><tr><td><p>One <b>${account}</b></td></tr></table>'.repeat(8000)}`
    const here = email.compose(content({ html: `${html} ` }), values, declared)
    let turns = 0
    const turning = setInterval(() => turns++, 1)
    await Promise.all([1, 2, 3].map(() => email.prepare?.(content({ html }), declared)))
    clearInterval(turning)
    expect(turns).toBeGreaterThan(3)
    expect(email.compose(content({ html }), values, declared).text).toBe(here.text)
  })

  test('gets its text from a list of any length and sloppily closed HTML as from any other', () => {
    const html = `<p>\${code}${'<ul><li>One<li>Two</ul><p>Text<br>'.repeat(1000)}`
    expect(email.compose(content({ html }), values, declared).text).toContain(' * Two')
  })
})

test('the variables of a template are those of all its fields', () => {
  const template = content({ subject: '${app_name}', html: '<p>${code}</p>', text: '${account} ${code}' })
  expect(email.variablesIn(template, declared)).toEqual(['code', 'app_name', 'account'])
})
