/** The rules of docs/architecture.md, sections 1, 2 and 8, over the whole of the source. No rule has an off switch. */
import { basename, extname } from 'node:path'
import { expect, test } from '@playwright/test'
import { type Import, importsOf, isLarge, repositoryFiles, textOf } from './support/source.ts'

const files = repositoryFiles()
const code = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path))
const source = code.filter((path) => path.startsWith('src/'))
const edges = source.flatMap((file) => importsOf(file).map((edge): Import & { file: string } => ({ file, ...edge })))
const say = (found: { file: string; to: string }[]) => found.map(({ file, to }) => `${file} imports ${to}`)

type Layer =
  | 'db'
  | 'queue'
  | 'channels'
  | 'providers'
  | 'domain'
  | 'api'
  | 'console'
  | 'app'
  | 'platform'
  | 'simulator'
  | 'programs'
const layers: readonly Layer[] = [
  ...(['db', 'queue', 'channels', 'providers', 'domain', 'api', 'console', 'app', 'platform', 'simulator'] as const),
]
const layerOf = (path: string): Layer => layers.find((layer) => path.startsWith(`src/${layer}/`)) ?? 'programs'

/** Pure files that a browser runs as well: the preview is the send path. */
const shared = [
  ...source.filter((file) => /^src\/channels\/[a-z-]+\/(card|check|fields|limits|render|text)\.ts$/.test(file)),
  'src/channels/answers.ts',
  'src/channels/mapping.ts',
  'src/channels/problems.ts',
  'src/channels/render.ts',
  'src/channels/storable.ts',
  'src/channels/texts.ts',
  'src/channels/traits.ts',
  'src/domain/push-rules/rule-variables.ts',
]
const homes: Record<string, string> = {
  nodemailer: 'smtp',
  '@alicloud/pop-core': 'aliyun',
  'tencentcloud-sdk-nodejs-sms': 'tencent',
  twilio: 'twilio',
}
const vendors = Object.keys(homes)

type Rule = {
  /** Layers whose types and values it may use, besides its own. */
  uses: readonly Layer[]
  /** Layers of which it may name types only. */
  namesTypesOf?: readonly Layer[]
  /** Single files of other layers whose values it may use. */
  alsoUses?: readonly string[]
  packages: readonly string[] | 'any'
}
const rules: Record<Layer, Rule> = {
  // What the channels are like is plain data at the bottom of everything: constraints are built from it, too.
  db: { uses: [], alsoUses: ['src/channels/traits.ts'], packages: ['drizzle-orm', 'pg', 'node:'] },
  queue: { uses: ['db'], packages: ['pg-boss', 'drizzle-orm', 'node:'] },
  channels: { uses: [], packages: ['zod', 'html-to-text', 'htmlparser2', 'libphonenumber-js', 'node:'] },
  providers: { uses: ['channels'], packages: [...vendors, 'zod', 'uuid', 'ipaddr.js', 'node:'] },
  domain: {
    ...{ uses: ['db', 'channels'], namesTypesOf: ['queue', 'providers'] },
    packages: ['drizzle-orm', 'zod', 'uuid', 'libphonenumber-js', 'ipaddr.js', 'standardwebhooks', 'node:'],
  },
  api: {
    ...{ uses: ['domain', 'channels'], namesTypesOf: ['platform'], alsoUses: ['src/platform/parts.ts'] },
    packages: ['@trpc/server', 'hono', '@hono/zod-openapi', 'zod', 'node:'],
  },
  console: {
    ...{ uses: [], namesTypesOf: ['channels', 'domain', 'api'], packages: 'any' },
    alsoUses: [...shared, 'src/platform/procedures.ts'],
  },
  app: {
    ...{ uses: ['console'], namesTypesOf: ['channels'], packages: 'any' },
    alsoUses: [...shared, 'src/platform/parts.ts', 'src/platform/procedures.ts'],
  },
  platform: { uses: ['db', 'queue', 'providers', 'domain'], namesTypesOf: ['api'], packages: 'any' },
  simulator: { uses: [], packages: ['smtp-server', 'selfsigned', 'postal-mime', 'node:'] },
  programs: { uses: ['db', 'queue', 'domain', 'api', 'platform'], packages: 'any' },
}

for (const [layer, rule] of Object.entries(rules) as [Layer, Rule][]) {
  test(`a file of the layer "${layer}" imports only what that layer may, types included`, () => {
    const wrong = edges.filter(({ file, to, isOwn, isType }) => {
      if (layerOf(file) !== layer) return false
      if (!isOwn) {
        return (
          rule.packages !== 'any' &&
          !rule.packages.some((name) => to === name || (name === 'node:' && to.startsWith(name)))
        )
      }
      if (!to.startsWith('src/')) return !to.startsWith('messages/')
      const target = layerOf(to)
      if (target === layer || rule.uses.includes(target) || rule.alsoUses?.includes(to)) return false
      return !(isType && rule.namesTypesOf?.includes(target))
    })
    expect(say(wrong)).toEqual([])
  })
}

test('only the provider of a vendor uses its package', () => {
  const isHome = (file: string, vendor: string) => file.startsWith(`src/providers/${homes[vendor]}/`)
  expect(say(edges.filter(({ file, to }) => vendors.includes(to) && !isHome(file, to)))).toEqual([])
})

test('vendors do not know each other', () => {
  const vendorOf = (path: string) => /^src\/providers\/([a-z-]+)\//.exec(path)?.[1]
  const crossing = edges.filter(({ file, to }) => {
    const [from, other] = [vendorOf(file), vendorOf(to)]
    return from !== undefined && other !== undefined && from !== other
  })
  expect(say(crossing)).toEqual([])
})

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '')
/** A name by itself or in one of several words, such as `awsSms`, `isAws` and `AWS_KEY`; `draws` has none of `aws`. */
const asWord = (name: string) => {
  const [capital, constant] = [name.slice(0, 1).toUpperCase() + name.slice(1), name.toUpperCase()]
  return `(?<![a-z])${name}(?![a-z])|${capital}(?![a-z])|(?<![A-Z])${constant}(?![A-Z])`
}
/** The folders of vendors, which are one word each. SMTP is a protocol, not a vendor. */
const vendorFolders = [...new Set(source.flatMap((path) => /^src\/providers\/([^/]+)\//.exec(path)?.[1] ?? []))].filter(
  (name) => name !== 'smtp',
)
/** What else they are called. */
const otherNames = '[Aa]li(?:baba|cloud|yuncs)|dysms|dyvms|[Ww]eixin|[Tt]encentcloud|阿里|微信|腾讯'
const namesVendor = new RegExp([...vendorFolders.map(asWord), otherNames].join('|'))

test('a vendor is found by its name in any words, and in no other word', () => {
  const namesAws = new RegExp(asWord('aws'))
  expect(['aws', 'awsSms', 'isAws', 'AWS_KEY', "'aws-sms'"].filter((text) => !namesAws.test(text))).toEqual([])
  expect(['drawsRows', 'redraws', 'LAWS', 'awsome'].filter((text) => namesAws.test(text))).toEqual([])
  expect(vendorFolders.filter((name) => !/^[a-z]+$/.test(name))).toEqual([])
})

test('a vendor is named at home only: in its folder, in the catalog and in the simulator', () => {
  const isHome = (file: string) => /^src\/(providers\/([a-z-]+\/|catalog\.ts)|simulator\/)/.test(file)
  const astray = source.filter((file) => !isHome(file) && namesVendor.test(withoutComments(textOf(file))))
  expect(astray).toEqual([])
  const words = files.filter((file) => /^messages\/.*\.json$/.test(file))
  const said = words.flatMap((file) =>
    textOf(file)
      .split('\n')
      // The browser of one is called so.
      .filter((line) => namesVendor.test(line) && !/"browser_/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(said).toEqual([])
})

test('channels are told apart by what they are like, and by no id outside of their folders', () => {
  const isFree = (file: string) => /^src\/(channels|simulator)\//.test(file)
  const compares = /\bchannel(?:Id|\.id)?\)? [!=]== '|[!=]== '(?:sms|voice|official_account)'|'official_account'/
  expect(source.filter((file) => !isFree(file) && compares.test(withoutComments(textOf(file))))).toEqual([])
})

test('an import climbs one folder at most; further away is named from the root', () => {
  const climbing = source.filter((file) => /(?:from|import\()\s*'\.\.\/\.\.\//.test(textOf(file)))
  expect(climbing.filter((file) => !/from '(\.\.\/)+messages\//.test(textOf(file)))).toEqual([])
})

test('the folder of addresses holds addresses only, each at most 40 lines', () => {
  const isAddress = (file: string) => /\/(page|layout|error|not-found|route)\.tsx?$/.test(file)
  const inApp = source.filter((file) => file.startsWith('src/app/'))
  expect(inApp.filter((file) => !isAddress(file))).toEqual([])
  expect(inApp.filter((file) => textOf(file).trimEnd().split('\n').length > 40)).toEqual([])
})

test('nothing lies loose: programs at the root of the source, folders in the domain', () => {
  const loose = source.filter((file) => /^src\/(domain\/)?[^/]+$/.test(file))
  expect(loose).toEqual(['src/instrumentation.ts', 'src/migrate.ts', 'src/server.ts', 'src/worker.ts'])
})

test('SQL is written in one folder; elsewhere the builder has an expression at most', () => {
  const isHome = (file: string) => /^src\/(simulator|db\/(statements|schema))\//.test(file)
  const isText = /[`'"]\s*(select|insert into|update|delete from|with)\s+[\w"*($]/
  const isMoreThanAnExpression = /\bsql(?:<[^`]*?>)?`[^`]*\b(select|insert|update|delete|join|union)\b/
  const goesPast = /\bsql\.raw\(|\bstatement\(\{/
  const writing = source.filter((file) => {
    const text = withoutComments(textOf(file))
    return !isHome(file) && [isText, isMoreThanAnExpression, goesPast].some((pattern) => pattern.test(text))
  })
  expect(writing).toEqual([])
  const bringing = source.filter((file) => /\brunPrepared\b/.test(textOf(file)))
  expect(bringing.sort()).toEqual(['src/db/statement.ts', 'src/queue/queue.ts'])
})

test('the database, the queue, the sign-in, logs and traces are each behind one door', () => {
  const tracing = /^src\/platform\/tracing\.ts$/
  const doors: Record<string, RegExp> = {
    postgres: /^src\/migrate\.ts$/,
    pg: /^src\/db\//,
    'pg-boss': /^src\/queue\//,
    'better-auth': /^src\/platform\/sign-in\.ts$/,
    pino: /^src\/platform\/log\.ts$/,
    '@opentelemetry/api': tracing,
    '@opentelemetry/sdk-trace': tracing,
    '@opentelemetry/exporter-trace-otlp-http': tracing,
    'drizzle-orm': /^src\/(db|domain|queue)\/|^src\/platform\/(set-up|sign-in)\.ts$|^src\/migrate\.ts$/,
  }
  expect(say(edges.filter(({ file, to }) => to in doors && !doors[to]?.test(file)))).toEqual([])
})

test('accounts do not know templates, and templates know of accounts only how one is opened', () => {
  const isIn = (noun: string, path: string) => path.startsWith(`src/domain/${noun}/`)
  const apart = edges.filter(
    ({ file, to }) =>
      (isIn('accounts', file) && isIn('templates', to)) ||
      (isIn('templates', file) && isIn('accounts', to) && to !== 'src/domain/accounts/sender.ts'),
  )
  expect(say(apart)).toEqual([])
})

/** What decides something for everybody, and the one file that says it. */
const saidOnce: Record<string, { sign: RegExp; home: string }> = {
  'what an Idempotency-Key means': {
    sign: /new DomainError\(\s*'idempotency_conflict'|eq\([\w.]+\.idempotencyKey/,
    home: 'src/domain/base/idempotency.ts',
  },
  'which template goes before another': {
    sign: /split_part\(language|\?\.split\('-'\)\[0\]|fall_back then/,
    home: 'src/db/statements/template-resolution.ts',
  },
  'which accounts are in force': {
    sign: /'validated' \|\| [\w?.]+ === 'failing'|validated\)?,? (or|\|\|) |or\((eq\()?account\.validated/,
    home: 'src/domain/accounts/accounts.ts',
  },
}

for (const [rule, { sign, home }] of Object.entries(saidOnce)) {
  test(`one file says ${rule}`, () => {
    expect(source.filter((file) => sign.test(textOf(file)))).toEqual([home])
  })
}

/** The files that a file brings along when it is loaded. */
function loadedBy(start: string): Set<string> {
  const seen = new Set([start])
  for (const file of seen) {
    for (const edge of edges) {
      if (edge.file === file && !edge.isType) seen.add(edge.to)
    }
  }
  return seen
}

const isForBrowsers = (file: string) => /^(['"])use client\1/m.test(textOf(file).split('\n', 1)[0] ?? '')

test('what a browser loads brings along no database, no secret and nothing of Node', () => {
  const forbidden = (to: string) =>
    to.startsWith('node:') || to === 'server-only' || (/^src\/(?!app\/|console\/)/.test(to) && !shared.includes(to))
  const wrong = source
    .filter(isForBrowsers)
    .flatMap((file) => [...loadedBy(file)].filter(forbidden).map((to) => ({ file, to })))
  expect(source.filter(isForBrowsers).length).toBeGreaterThan(20)
  expect(say(wrong)).toEqual([])
})

test('no files import each other in a circle, types included', () => {
  const next = new Map(
    source.map((file) => [file, edges.filter((edge) => edge.file === file && !edge.isDynamic).map(({ to }) => to)]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: string[]) => {
    const at = path.indexOf(file)
    if (at !== -1) circles.push([...path.slice(at), file].join(' → '))
    if (at !== -1 || done.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of source) visit(file, [])
  expect(circles).toEqual([])
})

test('every file that is imported is there', () => {
  const missing = edges.filter(({ to, isOwn }) => isOwn && !files.includes(to))
  expect(say(missing)).toEqual([])
})

test('every file that docs/architecture.md names is there', () => {
  // What one would add is not there yet.
  const page = textOf('docs/architecture.md').replace(/^## 6\. [\s\S]*?(?=^## |$(?![\s\S]))/gm, '')
  const named = page.match(/(?<![\w.…*`-])`?[\w()[\]@.-]+(?:\/[\w()[\]@.-]+)*\.(?:tsx?|json|mjs|md|sql)\b/g) ?? []
  const folders = page.match(/(?<=`)[\w()[\].-]+(?:\/[\w()[\].-]+)*(?=\/`)|(?<=^[│ ]*[├└]── )[\w-]+(?=\/ )/gm) ?? []
  expect(named.length + folders.length).toBeGreaterThan(80)
  const isThere = (path: string) => files.some((file) => `/${file}/`.includes(`/${path}/`))
  // Names that no file may have stand there as such.
  const forbidden = ['utils.ts', 'helpers.ts', 'types.ts', 'services', 'lib']
  const wanted = [...named.map((name) => name.replace('`', '')), ...folders].filter((name) => !forbidden.includes(name))
  expect([...new Set(wanted)].filter((path) => !isThere(path))).toEqual([])
})

test('only the schema has a file that hands on what others export', () => {
  const barrels = source.filter((file) => {
    const statements = textOf(file)
      .replace(/\/\*[\s\S]*?\*\/|^\/\/.*$/gm, '')
      .trim()
      .split('\n')
    return statements.every((line) => /^export (\*|\{[^}]*\}) from /.test(line))
  })
  expect(barrels).toEqual(['src/db/schema/index.ts'])
})

test('a source file has at most 300 lines, a spec 400', () => {
  const long = code.flatMap((file) => {
    const lines = textOf(file).trimEnd().split('\n').length
    return lines > (file.endsWith('.spec.ts') ? 400 : 300) ? [`${file}: ${lines} lines`] : []
  })
  expect(long).toEqual([])
})

test('files are named in kebab case, for what they are about', () => {
  const vague = ['index', 'utils', 'util', 'helpers', 'helper', 'types', 'common', 'misc', 'constants']
  const vagueFolders = [...vague, 'services', 'lib']
  const wrong = code.filter((file) => {
    if (file === 'src/db/schema/index.ts') return false
    const parts = file.split('/').map((part) => part.replace(/^[([]+(\.\.\.)?|[)\]]+$/g, ''))
    const name = basename(file, extname(file)).replace(/\.(spec|page|worker|d|config)$/, '')
    const isKebab =
      parts.slice(0, -1).every((part) => /^\.?[a-z][a-z0-9-]*$/.test(part)) && /^[a-z][a-z0-9-]*$/.test(name)
    return !isKebab || vague.includes(name) || parts.slice(0, -1).some((part) => vagueFolders.includes(part))
  })
  expect(wrong).toEqual([])
})

test('the environment is read in one place of each program', () => {
  const readers = source.filter((file) => /process\.env\b|'node:process'/.test(textOf(file)))
  const handingOn = readers.filter(
    (file) => !/process\.env\b/.test(textOf(file).replaceAll('readEnv(process.env)', '')),
  )
  expect(handingOn.sort()).toEqual(['src/platform/env.ts', 'src/worker.ts'])
  expect(readers.filter((file) => !handingOn.includes(file))).toEqual(['src/simulator/settings.ts'])
})

test('a source file opens with what it hides and promises', () => {
  const modules = source.filter((file) => file.endsWith('.ts'))
  const silent = modules.filter((file) => !/^(['"]use (client|server)['"]\n)?\/\*\*/.test(textOf(file)))
  expect(silent).toEqual([])
})

test('the repository speaks of itself only, and the lock file of no registry', () => {
  const words = [
    ['/wo', 'rk/'],
    ['sub', 'agent'],
    ['cla', 'ude'],
    ['anth', 'ropic'],
    ['chat', 'gpt'],
    ['open', 'ai.com'],
    ['co', 'pilot'],
  ]
  const pattern = new RegExp(words.map((parts) => parts.join('')).join('|'), 'i')
  const texts = files.filter(
    (file) => !isLarge(file) && !/\.(png|jpg|webp|ico|woff2)$/.test(file) && file !== 'package-lock.json',
  )
  expect(texts.filter((file) => pattern.test(textOf(file)))).toEqual([])
  expect(textOf('package-lock.json')).not.toMatch(/"resolved":|https?:\/\/[^"]*registry/)
})
