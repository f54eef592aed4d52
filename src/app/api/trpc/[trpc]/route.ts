/** The address that the browser's queries and mutations arrive at. */
import { procedures } from '../../../../procedures.ts'

const handler = (request: Request) => procedures().handle(request)

export { handler as GET, handler as POST }
