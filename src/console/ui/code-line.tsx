/** Something to run or to paste, as it is, with a button that copies it. */
import { CopyButton } from './copy-button.tsx'

export function CodeLine({ code, what }: { code: string; what: string }) {
  return (
    <div className="code-line">
      <pre>{code}</pre>
      <CopyButton value={code} what={what} />
    </div>
  )
}
