/** A provider's text with its variables marked. */
import { piecesOf } from '#channels/mapping.ts'

export function TemplateText({ text }: { text: string }) {
  return (
    <p className="template-text" dir="auto">
      {piecesOf(text).map((piece, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is drawn as a whole
        return index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece
      })}
    </p>
  )
}
