'use client'
/** A page that failed outside the console's frame. */
import { Failure, type FailureProps } from '#console/shell/failure.tsx'
import { Brand } from '#console/ui/brand.tsx'

export default function RootFailure(props: FailureProps) {
  return (
    <main className="alone">
      <Brand />
      <div className="alone-card">
        <Failure {...props} />
      </div>
    </main>
  )
}
