/** The picture of an App, or the first letters of its name. */
import { Avatar } from '@mantine/core'

export function Logo({ logo, name }: { logo: string | null; name: string }) {
  return <Avatar className="logo" src={logo} name={name} alt="" size={40} radius="md" aria-hidden="true" />
}
