/** Times as the cloud writes them: the wall clock of UTC+8. */

const eastEight = 8 * 3_600_000

/** `2026-11-20 10:00:01` */
export const chinaTime = (at: number): string => new Date(at + eastEight).toISOString().slice(0, 19).replace('T', ' ')

/** `20261120` */
export const chinaDay = (at: number): string => chinaTime(at).slice(0, 10).replaceAll('-', '')
