/** Specs of one file share an organization that can send; they tell their messages apart by recipient. */
import { type Organization, test } from './console.ts'
import { makeSending, type Sending } from './sending.ts'

export const withSending = test.extend<object, { ready: { organization: Organization; sending: Sending } }>({
  ready: [
    async ({ signet }, use) => {
      const organization = await signet.newOrganization()
      await use({ organization, sending: await makeSending(signet, organization) })
    },
    { scope: 'worker' },
  ],
})
