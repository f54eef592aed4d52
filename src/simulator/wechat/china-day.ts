/** Days of the wall clock in China, by which WeChat counts: UTC+8, numbered. */
export const chinaDay = (at: number): number => Math.floor((at + 8 * 3_600_000) / 86_400_000)
