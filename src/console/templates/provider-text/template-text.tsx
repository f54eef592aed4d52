/** A provider's text with its variables marked. */
import { piecesOf } from '#channels/mapping.ts'
import { placeholderOf, type Texts } from '#channels/texts.ts'

export function TemplateText({ text, texts }: { text: string; texts: Texts | undefined }) {
  return (
    <p className="template-text" dir="auto">
      {piecesOf(text).map((piece, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is drawn as a whole
        return index % 2 === 1 ? <mark key={index}>{texts ? placeholderOf(texts, piece) : piece}</mark> : piece
      })}
    </p>
  )
}
