/** The words of the console as it has them: its own, and those of every vendor's folder. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source.ts'

export type Words = Record<string, Record<string, string>>
type Language = 'en' | 'zh-CN'

const read = (path: string): Words => JSON.parse(readFileSync(join(root, path), 'utf8'))

/** The folders of `src/providers`. */
export const vendorFolders = readdirSync(join(root, 'src/providers'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

export const ownWords = (language: Language): Words => read(`messages/${language}.json`)
export const wordsOfVendor = (vendor: string, language: Language): Words =>
  read(`src/providers/${vendor}/words/${language}.json`)

export function allWords(language: Language): Words {
  const own = ownWords(language)
  const vendors = vendorFolders.map((vendor) => wordsOfVendor(vendor, language))
  return Object.fromEntries(
    Object.keys(own).map((name) => [name, Object.assign({}, ...[own, ...vendors].map((of) => of[name]))]),
  )
}
