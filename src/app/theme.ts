/** The theme that Mantine's parts are drawn with. Colours of surfaces, lines and states stand in styles/base.css. */
import { createTheme, type MantineColorsTuple } from '@mantine/core'

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

const sans =
  'Inter, system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

export const theme = createTheme({
  colors: { vermilion },
  primaryColor: 'vermilion',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 'md',
  fontFamily: sans,
  fontFamilyMonospace: 'ui-monospace, "JetBrains Mono", "SFMono-Regular", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  respectReducedMotion: true,
  // By name, not with `Input.extend`: importing a part here would put it on every page.
  components: {
    Checkbox: { defaultProps: { size: 'xs' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
})
