/** Fetches a file and hands it to the browser to keep, once all of it is there: what breaks off half-way is no file. */

/** The server wants a pause first. */
export class TooManyDownloads extends Error {
  readonly minutes: number
  constructor(seconds: number) {
    super('too many downloads')
    this.minutes = Math.max(1, Math.ceil(seconds / 60))
  }
}

const nameIn = (disposition: string | null) => /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'messages.csv'

/** @throws TooManyDownloads, or Error where the file did not come whole */
export async function downloadFile(address: string): Promise<void> {
  const answer = await fetch(address)
  if (answer.status === 429) throw new TooManyDownloads(Number(answer.headers.get('retry-after') ?? 60))
  if (!answer.ok) throw new Error(`The file was refused with ${answer.status}.`)
  const url = URL.createObjectURL(await answer.blob())
  const link = Object.assign(document.createElement('a'), {
    href: url,
    download: nameIn(answer.headers.get('content-disposition')),
  })
  link.click()
  URL.revokeObjectURL(url)
}
