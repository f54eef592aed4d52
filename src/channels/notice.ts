/** Something that Signet itself tells a person: a line that says it all, and what belongs to it. */
export type Notice = {
  language: string
  title: string
  parts: { heading: string; text: string }[]
  /** Who says so. */
  from: string
  link: { label: string; url: string }
}
