/** So that the console knows these words by type, as it knows its own. */
interface VendorWords {
  aliyun: typeof import('./en.json')
}
