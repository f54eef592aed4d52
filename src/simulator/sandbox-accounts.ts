/**
 * The accounts of further vendors that the sandbox begins with: another account of their channel is in force, and they wait
 * for a person to validate them. One is added here with one import and one entry. Plain data, for those that start the simulator.
 */
import type { ChannelId } from './channel.ts'
import { tencentAccount } from './tencent/sandbox.ts'
import { twilioSandbox } from './twilio/sandbox.ts'

export type SandboxAccount = {
  channel: ChannelId
  provider: string
  name: string
  /** As faults and deliveries name it. */
  vendor: string
  /** @param secret the one that the simulator was given for mail, of which it makes what its further vendors ask for */
  config(secret: string): Record<string, unknown>
  /** The settings with which Signet reaches the vendor in the simulator. */
  settings(simulatorUrl: string): Record<string, string>
}

export const sandboxAccounts: readonly SandboxAccount[] = [tencentAccount, twilioSandbox]

/** The settings with which Signet reaches the further vendors in the simulator. */
export const sandboxSettings = (simulatorUrl: string): Record<string, string> =>
  Object.assign({}, ...sandboxAccounts.map(({ settings }) => settings(simulatorUrl)))
