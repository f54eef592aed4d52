/** Sentences one after the other, as the language writes them: Chinese leaves no space between. */
export const joinSentences = (sentences: readonly unknown[], locale: string): string =>
  sentences
    .filter((sentence) => typeof sentence === 'string' && sentence !== '')
    .join(locale.startsWith('zh') ? '' : ' ')
