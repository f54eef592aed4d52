'use client'
/** A modal dialog. What draws it is loaded when one is opened first: pages are looked at far more often than changed. */
import type { DialogProps } from './dialog-box.tsx'
import { lazyPart } from './lazy-part.tsx'
import { useOnceNeeded } from './use-once-needed.ts'

const DialogBox = lazyPart(() => import('./dialog-box.tsx').then((file) => file.DialogBox))

export function Dialog(props: DialogProps) {
  const isNeeded = useOnceNeeded(props.isOpen)
  return isNeeded && <DialogBox {...props} />
}
