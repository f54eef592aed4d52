/** What a value may be by the provider's name of its rule. The list is open: a rule that is not known here goes by its own name. */
import { useTranslations } from 'next-intl'

const known = [
  'numberCaptcha',
  'characterWithNumber',
  'characterWithNumber2',
  'verifyTime',
  'time',
  'money',
  'name',
  'user_nick',
  'unit_name',
  'address',
  'phone_number2',
  'other_number2',
  'others',
] as const

export function useRuleWords(): (rule: string) => string {
  const t = useTranslations('SmsTemplate')
  return (rule) => {
    const found = known.find((one) => one === rule)
    return found ? t(`rule_${found}`) : rule
  }
}
