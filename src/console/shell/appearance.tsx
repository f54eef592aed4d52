'use client'
/** Mantine with our theme, following the person's choice of light, dark or the system's. */
import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { theme } from './theme.ts'

export function Appearance({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withGlobalClasses={false} withCssVariables={false}>
      {children}
    </MantineProvider>
  )
}
