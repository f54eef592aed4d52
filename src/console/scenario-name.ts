/** A scenario's name in the reader's language. */
import type { Scenario } from '#domain/scenarios/scenarios.ts'

export const scenarioName = ({ nameEn, nameZh }: Pick<Scenario, 'nameEn' | 'nameZh'>, locale: string): string =>
  locale === 'zh-CN' ? nameZh : nameEn

/** Names by key; a scenario that is gone goes by its key. */
export function scenarioNames(scenarios: readonly Scenario[], locale: string): (key: string) => string {
  const names = new Map(scenarios.map((scenario) => [scenario.key, scenarioName(scenario, locale)]))
  return (key) => names.get(key) ?? key
}
