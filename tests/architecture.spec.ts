/** The rules of docs/architecture.md, sections 1, 2 and 8, over the whole of the source. No rule has an off switch. */
import { basename, extname } from 'node:path'
import { expect, test } from '@playwright/test'
import { type Import, importsOf, isLarge, repositoryFiles, textOf } from './support/source.ts'

const files = repositoryFiles()
const code = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path))
const source = code.filter((path) => path.startsWith('src/'))
const edges = source.flatMap((file) => importsOf(file).map((edge): Import & { file: string } => ({ file, ...edge })))
const say = (found: { file: string; to: string }[]) => found.map(({ file, to }) => `${file} imports ${to}`)

type Layer = 'db' | 'domain' | 'queue' | 'api' | 'app' | 'simulator' | 'composing'
const layers: readonly Layer[] = ['db', 'domain', 'queue', 'api', 'app', 'simulator']
const layerOf = (path: string): Layer => layers.find((layer) => path.startsWith(`src/${layer}/`)) ?? 'composing'

/** Pure files of the domain that a browser runs as well: the preview is the send path. */
const shared = [
  'src/domain/storable.ts',
  'src/domain/templates/render.ts',
  'src/domain/channels/email-render.ts',
  'src/domain/channels/email-check.ts',
  'src/domain/channels/email-text.ts',
  'src/domain/channels/source-problem.ts',
  'src/domain/channels/official-account-card.ts',
  'src/domain/channels/official-account-check.ts',
  'src/domain/channels/official-account-fields.ts',
  'src/domain/channels/mapping.ts',
  'src/domain/channels/sms-text.ts',
  'src/domain/channels/sms-check.ts',
  'src/domain/channels/voice-check.ts',
  'src/domain/push-rules/rule-variables.ts',
]
const vendors = ['nodemailer', '@alicloud/pop-core']
const providers = 'src/domain/channels/providers/'
const isProvider = (file: string) => file.startsWith(providers)

type Rule = {
  /** Layers whose values it may use; types of the composing level too, where those are named. */
  uses: readonly Layer[]
  /** Besides, only types of these. */
  namesTypesOf?: readonly Layer[]
  /** Besides, values of these files. */
  alsoUses?: readonly string[]
  packages: readonly string[] | 'any'
}
const rules: Record<Layer, Rule> = {
  db: { uses: ['db'], packages: ['drizzle-orm', 'pg', 'node:'] },
  domain: {
    ...{ uses: ['db', 'domain'], namesTypesOf: ['queue'] },
    packages: ['drizzle-orm', 'zod', 'uuid', 'html-to-text', 'htmlparser2', 'libphonenumber-js', 'ipaddr.js', 'node:'],
  },
  queue: { uses: ['db', 'queue'], packages: ['pg-boss', 'drizzle-orm', 'node:'] },
  api: {
    ...{ uses: ['domain', 'api'], namesTypesOf: ['composing'], alsoUses: ['src/parts.ts'] },
    packages: ['@trpc/server', 'hono', '@hono/zod-openapi', 'zod', 'node:'],
  },
  app: {
    ...{ uses: ['app'], namesTypesOf: ['domain', 'api'], packages: 'any' },
    alsoUses: [...shared, 'src/parts.ts', 'src/procedures.ts'],
  },
  simulator: { uses: ['simulator'], packages: ['smtp-server', 'selfsigned', 'postal-mime', 'node:'] },
  composing: { uses: ['db', 'domain', 'queue', 'api', 'composing'], packages: 'any' },
}

for (const [layer, rule] of Object.entries(rules) as [Layer, Rule][]) {
  test(`a file of the layer "${layer}" imports only what that layer may`, () => {
    const wrong = edges.filter(({ file, to, isOwn, isType }) => {
      if (layerOf(file) !== layer) return false
      if (!isOwn) {
        const isAllowed =
          rule.packages === 'any' ||
          rule.packages.some((name) => to === name || (name === 'node:' && to.startsWith(name)))
        return !isAllowed && !(vendors.includes(to) && isProvider(file))
      }
      if (!to.startsWith('src/')) return !to.startsWith('messages/')
      const target = layerOf(to)
      if (rule.uses.includes(target) || rule.alsoUses?.includes(to)) return false
      return !(isType && rule.namesTypesOf?.includes(target))
    })
    expect(say(wrong)).toEqual([])
  })
}

test('only a provider speaks to a vendor, and a provider knows neither the database nor the context', () => {
  expect(say(edges.filter(({ file, to }) => vendors.includes(to) && !isProvider(file)))).toEqual([])
  const beyond = edges.filter(({ file, to, isOwn, isType }) => {
    if (!isProvider(file) || !isOwn || isType) return false
    return !to.startsWith('src/domain/channels/') && to !== 'src/domain/text.ts' && !shared.includes(to)
  })
  expect(say(beyond)).toEqual([])
})

test('the database, the queue and the sign-in are each behind one door', () => {
  const doors: Record<string, RegExp> = {
    postgres: /^src\/migrate\.ts$/,
    pg: /^src\/db\//,
    'pg-boss': /^src\/queue\//,
    'better-auth': /^src\/sign-in\.ts$/,
    pino: /^src\/log\.ts$/,
    'drizzle-orm': /^src\/(db|domain|queue)\/|^src\/(migrate|set-up|sign-in)\.ts$/,
  }
  expect(say(edges.filter(({ file, to }) => to in doors && !doors[to]?.test(file)))).toEqual([])
})

test('accounts and templates do not know each other', () => {
  const apart = edges.filter(
    ({ file, to }) =>
      (file.startsWith('src/domain/accounts/') && to.startsWith('src/domain/templates/')) ||
      (file.startsWith('src/domain/templates/') && to.startsWith('src/domain/accounts/')),
  )
  expect(say(apart)).toEqual([])
})

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
    to.startsWith('node:') || to === 'server-only' || (/^src\/(?!app\/)/.test(to) && !shared.includes(to))
  const wrong = source
    .filter(isForBrowsers)
    .flatMap((file) => [...loadedBy(file)].filter(forbidden).map((to) => ({ file, to })))
  expect(source.filter(isForBrowsers).length).toBeGreaterThan(20)
  expect(say(wrong)).toEqual([])
})

test('no files import each other in a circle', () => {
  const next = new Map(
    source.map((file) => [
      file,
      edges.filter((edge) => edge.file === file && !edge.isType && !edge.isDynamic).map(({ to }) => to),
    ]),
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
  // What it says of other projects, and of what one would add, is not about this repository.
  const page = textOf('docs/architecture.md').replace(/^## (7|9)\. [\s\S]*?(?=^## |$(?![\s\S]))/gm, '')
  const named = page.match(/(?<![\w.…*`-])`?[\w()[\]@.-]+(?:\/[\w()[\]@.-]+)*\.(?:tsx?|json|mjs|md|sql)\b/g) ?? []
  const folders = page.match(/(?<=^[│ ]*[├└]── )[\w()[\]/-]+(?=\/ )/gm) ?? []
  expect(named.length + folders.length).toBeGreaterThan(120)
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
  expect(handingOn.sort()).toEqual(['src/env.ts', 'src/worker.ts'])
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
