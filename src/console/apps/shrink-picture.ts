/** Makes a picture small enough to be kept with the App: drawn anew in the browser, at most 128 pixels a side. */
const side = 128
/** What the server takes at most, as characters of a data address. */
const longest = 80_000

/** As WebP where the browser writes it, else PNG; rougher as long as it is too large. */
function written(canvas: HTMLCanvasElement): string | undefined {
  const tries = [0.92, 0.8, 0.6, 0.4].map((quality) => () => canvas.toDataURL('image/webp', quality))
  for (const attempt of tries) {
    const address = attempt()
    if (/^data:image\/(webp|png);/.test(address) && address.length <= longest) return address
  }
  return undefined
}

/** The picture as a data address; undefined for a file that is no picture the browser can draw. */
export async function shrinkPicture(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture || picture.width === 0 || picture.height === 0) return undefined
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const drawing = canvas.getContext('2d')
  if (!drawing) return undefined
  drawing.imageSmoothingQuality = 'high'
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return written(canvas)
}
