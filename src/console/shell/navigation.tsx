'use client'
/** The console's places. The current one is marked; the one being opened shows a dot when that takes a while. */
import {
  IconBoxMultiple,
  IconDatabase,
  IconHistory,
  IconLayoutDashboard,
  IconListDetails,
  IconPlugConnected,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react'
import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { isWithin, personalCenter, personalPlaces, places } from '../links.ts'

type Place = (typeof places)[number] | (typeof personalPlaces)[number]

const icons: Record<Place['label'], typeof IconUsers> = {
  overview: IconLayoutDashboard,
  apps: IconBoxMultiple,
  messages: IconListDetails,
  thirdParty: IconPlugConnected,
  members: IconUsers,
  auditLog: IconHistory,
  data: IconDatabase,
  profile: IconUserCircle,
}

/** `sideId` is the drawer that the navigation stands in on a phone: it closes once a place is reached. */
export function Navigation({ sideId }: { sideId: string }) {
  const t = useTranslations('Shell')
  const path = usePathname()
  useEffect(() => {
    const side = document.getElementById(sideId)
    if (path && side?.matches(':popover-open')) side.hidePopover()
  }, [path, sideId])
  const titleId = `${sideId}-personal`
  return (
    <nav aria-label={t('navigation')}>
      <ul className="side-list">
        {places.map((place) => (
          <NavigationItem key={place.href} place={place} path={path} />
        ))}
      </ul>
      <p className="side-title" id={titleId}>
        <Link
          href={personalCenter.href}
          prefetch={false}
          aria-current={path === personalCenter.href ? 'page' : undefined}
        >
          {t(personalCenter.label)}
        </Link>
      </p>
      <ul className="side-list" aria-labelledby={titleId}>
        {personalPlaces.map((place) => (
          <NavigationItem key={place.href} place={place} path={path} />
        ))}
      </ul>
    </nav>
  )
}

function NavigationItem({ place, path }: { place: Place; path: string }) {
  const t = useTranslations('Shell')
  const current = path === place.href ? 'page' : isWithin(path, place.href) ? 'true' : undefined
  const Drawing = icons[place.label]
  return (
    <li>
      <Link className="side-link" href={place.href} prefetch={false} aria-current={current}>
        <Drawing className="icon" size={17} stroke={1.6} aria-hidden="true" />
        {t(place.label)}
        <Opening />
      </Link>
    </li>
  )
}

function Opening() {
  return useLinkStatus().pending ? <span className="pending" aria-hidden="true" /> : null
}
