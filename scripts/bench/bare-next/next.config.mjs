/** The list page that ours is compared with: Next with nothing beside it. */
import { join } from 'node:path'

export default {
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ['postgres'],
  turbopack: { root: join(import.meta.dirname, '..', '..', '..') },
}
