'use client'
/**
 * Foreign HTML, drawn so that nothing in it can touch the console: in a frame that runs no script, sends no form and loads
 * nothing from elsewhere.
 */

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
const head = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">`

/** The frame inherits the page's policy too, under which style elements need the nonce that the page came with. */
function asDocument(html: string, nonce: string | undefined): string {
  const own =
    typeof document === 'undefined' ? nonce : (document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? nonce)
  const body = html.replace(/^\s*<!doctype[^>]*>/i, '')
  return head + (own ? body.replace(/<style(?=[\s>])/gi, `<style nonce="${own}"`) : body)
}

type Props = { html: string; title: string; nonce: string | undefined }

export function HtmlFrame({ html, title, nonce }: Props) {
  return (
    <iframe className="html-frame" title={title} sandbox="" srcDoc={asDocument(html, nonce)} suppressHydrationWarning />
  )
}
