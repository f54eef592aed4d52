/** Stands in place of what is still looked up; its words are for screen readers. */
import { Skeleton } from '@mantine/core'

export function Waiting({ children }: { children?: string }) {
  return (
    <>
      <Skeleton component="span" display="block" height={14} width={120} mt={6} />
      {children && <span className="unseen">{children}</span>}
    </>
  )
}
