'use client'
/** Whether something has been needed yet. What is loaded on demand stays from then on, so that it can close by itself. */
import { useState } from 'react'

export function useOnceNeeded(isNeeded: boolean): boolean {
  const [wasNeeded, setNeeded] = useState(isNeeded)
  if (isNeeded && !wasNeeded) setNeeded(true)
  return wasNeeded || isNeeded
}
