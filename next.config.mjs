/** How the pages are built. Everything that runs is in src/; the web process itself is src/server.ts. */
import createNextIntlPlugin from 'next-intl/plugin'

const withWords = createNextIntlPlugin({
  requestConfig: './src/console/shell/i18n.ts',
  // Messages are compiled while building, so that the browser needs no parser for them (12 KB less on every page).
  experimental: {
    srcPath: './src',
    messages: { path: './messages', format: 'json', locales: ['en', 'zh-CN'], sourceLocale: 'en', precompile: true },
  },
})

/** Those of vendors as well: the plugin's own rule knows folders at the root only. */
const wordsOfVendors = {
  loaders: [
    {
      loader: 'next-intl/extractor/catalogLoader',
      options: { messages: { format: 'json', sourceLocale: 'en', precompile: true } },
    },
  ],
  condition: { path: /^src\/providers\/[^/]+\/words\// },
  as: '*.js',
}

const channels = '/personal-center/third-party-configuration'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Processes of the same sources are one to a browser, wherever each was built.
  generateBuildId: async () => (await import('./scripts/steps/build.ts')).sourceHash().slice(0, 20),
  compress: true,
  reactStrictMode: true,
  // `npm run verify` checks types; the first `npm start` should not wait for it, nor need TypeScript installed.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  turbopack: {
    root: import.meta.dirname,
    rules: { '*.json': wordsOfVendors },
    // The template editor's worker runs a package that asks Node for `require`; in a browser it gets one that has nothing.
    resolveAlias: { 'node:module': { browser: './src/console/templates/email/findings/node-module.ts' } },
  },
  // What stands before a page's address leads to the page it belongs to.
  redirects: async () => [
    {
      source: `${channels}/official-account/rules`,
      destination: `${channels}/official-account#push-rules`,
      permanent: false,
    },
    { source: `${channels}/:channel/templates`, destination: `${channels}/:channel`, permanent: false },
    { source: '/invite', destination: '/', permanent: false },
  ],
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
}

export default withWords(config)
