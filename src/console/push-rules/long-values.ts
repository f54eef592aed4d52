/** Values that are too long for every field of a card: what becomes of an event whose words nobody has counted. Pure. */

const length = 80

/** The same words over and over. A moment is as long as it is, whatever the event. */
export const lengthened = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const words = value.trim() || name
      const times = Math.ceil(length / (words.length + 1))
      const isMoment = name === 'occurred_at' || name === 'held_back'
      return [name, isMoment ? value : Array.from({ length: times }, () => words).join(' ')]
    }),
  )
