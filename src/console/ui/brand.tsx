import mark from './mark.svg'

/** The mark: the S of a seal. The browser has it from the tab already, so that no page carries the drawing along. */
export function Brand({ name = 'Signet' }: { name?: string }) {
  return (
    <span className="brand">
      {/* biome-ignore lint/performance/noImgElement: a drawing needs no smaller copies */}
      <img src={mark.src} width={24} height={24} alt="" />
      {name}
    </span>
  )
}
