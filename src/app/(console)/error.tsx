'use client'
/** A page that failed inside the frame: the rest of the console stays in reach. */
import { Failure, type FailureProps } from '#console/shell/failure.tsx'

export default function PageFailure(props: FailureProps) {
  return <Failure {...props} />
}
