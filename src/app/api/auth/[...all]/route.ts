/** The address that signing in and out goes to. */
import { parts } from '../../../../parts.ts'

const handler = (request: Request) => parts().signIn.handler(request)

export { handler as GET, handler as POST }
