/** Reads templates off the page's own thread, so that nothing slow ever stands between a keystroke and the preview. */
import { type Question, readTemplate } from './reader.ts'

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  self.postMessage(readTemplate(data))
})
