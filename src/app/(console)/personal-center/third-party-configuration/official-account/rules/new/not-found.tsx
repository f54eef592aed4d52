/** What is said to those who may not make a push rule. */
import { NothingToJoin } from '#console/push-rules/nothing-to-join.tsx'

export default function MayNotMakeRules() {
  return <NothingToJoin lacks="role" />
}
