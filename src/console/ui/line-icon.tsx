/** The console's line icons, drawn in the colour of the text around them and hidden from screen readers. */
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronDown,
  IconChevronLeft,
  IconCopy,
  IconDots,
  IconExternalLink,
  IconInfoCircle,
  IconMenu2,
  IconSearch,
  IconVolume,
  IconX,
} from '@tabler/icons-react'

const icons = {
  check: IconCheck,
  cross: IconX,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
  expand: IconChevronDown,
  back: IconChevronLeft,
  menu: IconMenu2,
  more: IconDots,
  copy: IconCopy,
  speaker: IconVolume,
  search: IconSearch,
  open: IconExternalLink,
}

export type IconName = keyof typeof icons

export function Icon({ name }: { name: IconName }) {
  const Drawing = icons[name]
  return <Drawing className="icon" size={16} stroke={1.75} aria-hidden="true" />
}
