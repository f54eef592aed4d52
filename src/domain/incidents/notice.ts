/** What people are told of incidents, in their own language: a line that fits a text message, and a sentence that says more. */
import type { Notice } from '#channels/notice.ts'
import type { IncidentDetails, IncidentKind } from '#db/schema/index.ts'

export type Told = { kind: IncidentKind; cause: string; details: IncidentDetails; isOver: boolean }

type Words = {
  title: Record<IncidentKind, (of: IncidentDetails) => string>
  more: Record<IncidentKind, (of: IncidentDetails) => string>
  gone: (of: IncidentDetails) => string
  over: (title: string) => string
  isOver: string
  andMore: (count: number) => string
  from: (organization: string) => string
  open: string
  level: string
  /** Where nothing else fits. */
  plain: string
}

const en: Words = {
  title: {
    account_failing: ({ name }) => `Account "${name}" fails`,
    approval_lost: ({ name }) => `Account "${name}": approval lost`,
    receipts_silent: ({ name }) => `Account "${name}": no receipts`,
    queue_late: () => 'Messages are late',
    webhook_failing: ({ name }) => `Webhook "${name}" fails`,
    database_full: ({ percent }) => `Storage is ${percent} % full`,
  },
  more: {
    account_failing: ({ code }) =>
      `Its messages wait until it is put right.${code ? ` Its provider answers: ${code}` : ''}`,
    approval_lost: ({ count }) => `${count === 1 ? 'One template' : `${count} templates`} cannot be used any more.`,
    receipts_silent: ({ count }) => `Of ${count} messages of the last hours nothing was heard again.`,
    queue_late: ({ minutes }) =>
      `The oldest has been due for ${minutes} minutes. See whether a worker is running, and how quick its account is.`,
    webhook_failing: ({ app }) => `The App "${app}" is not told what becomes of its messages.`,
    database_full: () => 'Once it is full, no message is accepted any more.',
  },
  gone: ({ app }) => `It said that it is gone and was switched off: the App "${app}" is not told any more.`,
  over: (title) => `Over: ${title}`,
  isOver: 'This is over.',
  andMore: (count) => `and ${count} more`,
  from: (organization) => `Signet · ${organization}`,
  open: 'See all incidents',
  level: 'high',
  plain: 'See Signet',
}

const zh: Words = {
  title: {
    account_failing: ({ name }) => `账号“${name}”异常`,
    approval_lost: ({ name }) => `账号“${name}”失去审批`,
    receipts_silent: ({ name }) => `账号“${name}”无回执`,
    queue_late: () => '消息积压',
    webhook_failing: ({ name }) => `Webhook“${name}”调用失败`,
    database_full: ({ percent }) => `存储已用 ${percent}%`,
  },
  more: {
    account_failing: ({ code }) => `修复之前，它的消息会一直等待。${code ? `服务商返回：${code}` : ''}`,
    approval_lost: ({ count }) => `有 ${count} 个模板不能再使用。`,
    receipts_silent: ({ count }) => `近几小时的 ${count} 条消息没有收到任何回执。`,
    queue_late: ({ minutes }) => `最早的一条已逾期 ${minutes} 分钟。请检查 worker 是否在运行，以及账号的发送速度。`,
    webhook_failing: ({ app }) => `应用“${app}”得不到消息结果的通知。`,
    database_full: () => '写满之后将无法再接受消息。',
  },
  gone: ({ app }) => `对方表示地址已失效，因此已停用：应用“${app}”不再收到通知。`,
  over: (title) => `已恢复：${title}`,
  isOver: '已恢复正常。',
  andMore: (count) => `等 ${count + 1} 项`,
  from: (organization) => `Signet · ${organization}`,
  open: '查看所有故障',
  level: '高',
  plain: '请查看控制台',
}

/** What is told where a person has chosen no language. */
const wordsFor = (language: string | null): Words => (language?.startsWith('zh') ? zh : en)

/** What stands for the level of an alarm in a text that was approved as one. */
export const levelOf = (language: string | null): string => wordsFor(language).level

function titleOf(words: Words, { kind, details, isOver }: Told): string {
  const title = words.title[kind](details)
  return isOver ? words.over(title) : title
}

/** All in one line: the first, and how many there are besides. */
function lineOf(words: Words, incidents: readonly Told[]): string {
  const [first] = incidents
  if (!first) return ''
  const rest = incidents.length - 1
  return [titleOf(words, first), ...(rest > 0 ? [words.andMore(rest)] : [])].join(' ')
}

/**
 * The same, short enough for a text whose provider limits what a value may be: with so much of a name as fits, or with none.
 * @param fits whether the provider takes it
 */
export function shortNotice(
  language: string | null,
  incidents: readonly Told[],
  fits: (line: string) => boolean,
): string {
  const words = wordsFor(language)
  const called = (length: number) => {
    const [first, ...rest] = incidents
    if (!first) return ''
    const name = [...(first.details.name ?? '')]
    const short = name.length > length ? `${name.slice(0, length).join('')}…` : name.join('')
    return lineOf(words, [{ ...first, details: { ...first.details, name: short } }, ...rest])
  }
  for (const length of [60, 20, 12, 6]) if (fits(called(length))) return called(length)
  return words.plain
}

/** @param url where all incidents are seen */
export function noticeOf(
  language: string | null,
  incidents: readonly Told[],
  { organization, url }: { organization: string; url: string },
): Notice {
  const words = wordsFor(language)
  const moreOf = ({ kind, cause, details, isOver }: Told) =>
    isOver
      ? words.isOver
      : kind === 'webhook_failing' && cause === 'gone'
        ? words.gone(details)
        : words.more[kind](details)
  return {
    language: words === zh ? 'zh-CN' : 'en',
    title: lineOf(words, incidents),
    parts: incidents.map((told) => ({ heading: titleOf(words, told), text: moreOf(told) })),
    from: words.from(organization),
    link: { label: words.open, url },
  }
}
