/** The message templates that the official accounts begin with: every type of keyword at least once. */
import { createHash } from 'node:crypto'
import type { Role } from './official-accounts.ts'

export type MessageTemplate = {
  id: string
  title: string
  /** A line for each keyword, such as `设备名称:{{thing1.DATA}}`. */
  content: string
  example: string
  /** By key, the values that were approved for keywords that take no other. */
  values: Readonly<Record<string, readonly string[]>>
}

type Line = [label: string, key: string, sample: string, values?: readonly string[]]

/** 43 characters, as real ones are, and the same over restarts. */
const idOf = (role: Role, title: string): string =>
  createHash('sha256').update(`${title} of ${role}`).digest('base64url')

function template(role: Role, title: string, lines: readonly Line[]): MessageTemplate {
  const text = (say: (line: Line) => string) => lines.map((line) => `${line[0]}:${say(line)}\n`).join('')
  return {
    id: idOf(role, title),
    title,
    content: text(([, key]) => `{{${key}.DATA}}`),
    example: text(([, , sample]) => sample),
    values: Object.fromEntries(lines.flatMap(([, key, , values]) => (values ? [[key, values]] : []))),
  }
}

const alarm: Line[] = [
  ['设备名称', 'thing1', '客厅烟雾报警器'],
  ['设备编号', 'character_string2', 'SN-20260418-0097'],
  ['告警级别', 'const3', '紧急', ['紧急', '重要', '一般', '提示']],
  ['告警内容', 'thing4', '烟雾浓度超过阈值'],
  ['告警时间', 'time5', '2026-11-20 10:00:00'],
]
const offline: Line[] = [
  ['设备名称', 'thing1', '一号机房温控器'],
  ['设备编号', 'character_string2', 'TC-0031'],
  ['离线时间', 'time3', '2026年11月20日 10:00'],
  ['离线原因', 'phrase4', '网络中断'],
]
const maintenance: Line[] = [
  ['工单编号', 'character_string1', 'WO-20261120-003'],
  ['维护内容', 'thing2', '更换滤芯'],
  ['维护时间', 'time3', '2026-11-22 09:00~2026-11-22 11:30'],
  ['维护人员', 'name4', '张三'],
  ['联系电话', 'phone_number5', '0571-0000-0000'],
  ['重要程度', 'symbol6', '★★★'],
]
const order: Line[] = [
  ['订单编号', 'character_string1', '202611200001'],
  ['商品名称', 'thing2', '智能门锁 X2'],
  ['商品数量', 'number3', '2'],
  ['支付金额', 'amount4', '¥1299.00'],
  ['下单日期', 'date5', '2026年11月20日'],
]
const parking: Line[] = [
  ['车牌号码', 'car_number1', '浙A00001'],
  ['停车场', 'thing2', '星桥园区东门'],
  ['停车区域', 'letter3', 'B'],
  ['车辆类型', 'enum_string4', '小型车', ['小型车', '大型车']],
]
const notice: Line[] = [
  ['通知类型', 'enum1', '停水', ['停水', '停电', '活动']],
  ['通知事项', 'short_thing2', '水管检修'],
  ['通知时间', 'time3', '10:00~12:00'],
]

/** It is there from the beginning and has neither an industry nor a label. */
const builtIn = (role: Role): MessageTemplate => ({
  id: idOf(role, '订阅模板消息'),
  title: '订阅模板消息',
  content: '{{content.DATA}}',
  example: '',
  values: {},
})

export const seededTemplates: Record<Role, readonly MessageTemplate[]> = {
  main: [
    template('main', '设备告警通知', alarm),
    template('main', '设备离线提醒', offline),
    template('main', '设备维护通知', maintenance),
    template('main', '订单支付成功通知', order),
    template('main', '车辆入场通知', parking),
    builtIn('main'),
  ],
  second: [template('second', '社区通知', notice), template('second', '设备告警通知', alarm)],
  bare: [],
  unauthorized: [],
  frozen: [],
}
