'use client'
/** Mantine with our theme, following the person's choice of light, dark or the system's. */
import { createTheme, type MantineColorsTuple, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'

export function Appearance({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withGlobalClasses={false} withCssVariables={false}>
      {children}
    </MantineProvider>
  )
}

/** The colour of a seal. Shade 6 carries white text and stands as text on white, shade 4 on near-black (WCAG AA). */
const vermilion: MantineColorsTuple = [
  '#fdf0ed',
  '#f9dcd6',
  '#f2b8ad',
  '#eb9181',
  '#e2664f',
  '#d55540',
  '#c8402a',
  '#b03520',
  '#8f2b1a',
  '#6d2114',
]

/** How Mantine's parts behave. How they look is said by variables in styles/base.css, written once and not with every page. */
const theme = createTheme({
  colors: { vermilion },
  primaryColor: 'vermilion',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 'md',
  respectReducedMotion: true,
  // By name, not with `Input.extend`: importing a part here would put it on every page.
  components: {
    Checkbox: { defaultProps: { size: 'xs' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
})
