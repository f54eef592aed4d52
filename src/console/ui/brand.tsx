/** The mark: the S of a seal. The same drawing as the favicon, `app/icon.svg`. */
export function Brand({ name = 'Signet' }: { name?: string }) {
  return (
    <span className="brand">
      <svg width={24} height={24} viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="6" fill="#c8402a" />
        <rect
          x="2.25"
          y="2.25"
          width="19.5"
          height="19.5"
          rx="4"
          fill="none"
          stroke="#fff"
          strokeOpacity=".28"
          strokeWidth=".75"
        />
        <path
          d="M16.1 8.7c-.5-1.6-2-2.5-4.1-2.5-2.3 0-3.9 1.1-3.9 2.9 0 1.9 1.5 2.5 3.9 2.9 2.5.4 4.1 1.1 4.1 3 0 1.8-1.7 2.9-4.1 2.9-2.3 0-3.9-1-4.3-2.7"
          fill="none"
          stroke="#fff"
          strokeWidth="2.1"
          strokeLinecap="round"
        />
      </svg>
      {name}
    </span>
  )
}
