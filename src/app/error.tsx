'use client'
/** A page that failed outside the console's frame. */
import { Failure, type FailureProps } from './failure.tsx'
import { Brand } from './ui/brand.tsx'

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
