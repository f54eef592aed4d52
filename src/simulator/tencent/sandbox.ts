/** The account at the simulator's Tencent Cloud that the sandbox begins with. */
import type { SandboxAccount } from '../channel.ts'
import { accessFrom } from './access.ts'

export const tencentAccount: SandboxAccount = {
  ...{ channel: 'sms', provider: 'tencent-sms', name: 'Sandbox SMS (Tencent Cloud)', vendor: 'tencent' },
  config: accessFrom,
  settings: (simulatorUrl) => ({ SIGNET_TENCENT_SMS_ENDPOINT: `${simulatorUrl}/tencent` }),
}
