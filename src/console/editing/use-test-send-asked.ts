'use client'
/** An address that ends in `#test-send` opens the page with its test send, once. */
import { useEffect } from 'react'

const mark = '#test-send'

/** @param open is called after the first drawing, if the address asks for it */
export function useTestSendAsked(isAllowed: boolean, open: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read when the page opens
  useEffect(() => {
    if (location.hash !== mark) return
    history.replaceState(history.state, '', location.pathname + location.search)
    if (isAllowed) open()
  }, [])
}
