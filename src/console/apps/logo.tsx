/** The picture of an App, or the first letter of its name. */
import { Avatar } from '@mantine/core'

export function Logo({ logo, name }: { logo: string | null; name: string }) {
  return (
    <Avatar className="logo" src={logo} alt="" size={40} radius="md" aria-hidden="true">
      {[...name][0]?.toUpperCase()}
    </Avatar>
  )
}
