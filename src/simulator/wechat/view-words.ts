/** The words of a WeChat card on the inbox pages. Names that WeChat's API uses stay as they are. */
import type { Language } from '../channel.ts'
import type { PushState } from '../push-records.ts'

const en = {
  officialAccount: 'Official account',
  template: 'Template',
  jump: 'On tap',
  noJump: 'Nothing',
  details: 'View details',
  openMiniProgram: 'Open mini program',
  event: 'Event',
  neverSettled: 'No result, ever',
  pushes: {
    waiting: 'not pushed yet',
    accepted: 'pushed',
    given_up: 'pushed, never accepted',
    no_address: 'no server address set',
    off: 'not pushed',
  } satisfies Record<PushState | 'off', string>,
}

type ViewWords = typeof en

const zh: ViewWords = {
  officialAccount: '公众号',
  template: '模板',
  jump: '点击后',
  noJump: '不跳转',
  details: '查看详情',
  openMiniProgram: '进入小程序查看',
  event: '事件',
  neverSettled: '始终没有结果',
  pushes: {
    waiting: '尚未推送',
    accepted: '已推送',
    given_up: '推送多次未被接收',
    no_address: '未设置服务器地址',
    off: '不推送',
  },
}

export const viewWordsOf = (language: Language): ViewWords => (language === 'zh' ? zh : en)
