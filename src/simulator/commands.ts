/** What a vendor can be asked to do at once. Promises that a command is run only with fields that its rule lets pass. */
import { type Channel, channelOf } from './channel.ts'
import { FaultError, readFields } from './fault-fields.ts'
import { isRecord } from './faults.ts'

/**
 * Runs the command that the input names and answers what it reports; undefined when it names none.
 * @throws FaultError when its fields are wrong, or when it cannot be done now
 */
export async function runCommand(channels: readonly Channel[], input: unknown): Promise<object | undefined> {
  if (!isRecord(input)) return undefined
  const { channel, vendor, kind, ...given } = input
  const commands = channelOf(channels, { channel, vendor })?.commands ?? {}
  const command = typeof kind === 'string' && Object.hasOwn(commands, kind) ? commands[kind] : undefined
  if (typeof kind !== 'string' || !command) return undefined
  const strange = Object.keys(given).find((name) => !Object.hasOwn(command.fields ?? {}, name))
  if (strange !== undefined) throw new FaultError(`"${kind}" takes no "${strange}".`)
  return command.run(readFields(given, kind, command))
}
