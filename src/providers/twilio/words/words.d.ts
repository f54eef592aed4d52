/** So that the console knows these words by type, as it knows its own. */
interface VendorWords {
  twilio: typeof import('./en.json')
}
