/** How the pages are built. Everything that runs is in src/; the web process itself is src/server.ts. */
import createNextIntlPlugin from 'next-intl/plugin'

const withWords = createNextIntlPlugin({
  requestConfig: './src/app/i18n.ts',
  // Messages are compiled while building, so that the browser needs no parser for them (12 KB less on every page).
  experimental: {
    srcPath: './src',
    messages: { path: './messages', format: 'json', locales: ['en', 'zh-CN'], sourceLocale: 'en', precompile: true },
  },
})

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  compress: true,
  reactStrictMode: true,
  // `npm run verify` checks types; the first `npm start` should not wait for it, nor need TypeScript installed.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  turbopack: {
    root: import.meta.dirname,
    // The template editor's worker runs a package that asks Node for `require`; in a browser it gets one that has nothing.
    resolveAlias: { 'node:module': { browser: './src/app/template-editor/findings/node-module.ts' } },
  },
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks'],
  },
}

export default withWords(config)
