/** The picture of an App, or the first letter of its name. */
export function Logo({ logo, name }: { logo: string | null; name: string }) {
  if (logo) {
    // biome-ignore lint/performance/noImgElement: a small data address, with nothing to load or to optimise
    return <img className="logo" src={logo} alt="" width={40} height={40} />
  }
  return (
    <span className="logo" aria-hidden="true">
      {[...name][0]?.toUpperCase()}
    </span>
  )
}
