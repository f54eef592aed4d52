/** The endpoints of Apps, and what they were told. */
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import {
  deliveryCounts,
  ListDeliveries,
  listDeliveries,
  readDelivery,
  SendDeliveriesAgain,
  sendDeliveriesAgain,
} from '#domain/webhooks/deliveries.ts'
import {
  AddEndpoint,
  addEndpoint,
  ChangeEndpoint,
  changeEndpoint,
  getEndpoint,
  listEndpoints,
  RotateSecret,
  removeEndpoint,
  rotateSecret,
  tryEndpoint,
} from '#domain/webhooks/endpoints.ts'
import { procedure, router } from './trpc.ts'

const ById = z.object({ id: z.uuid() })

export const webhooksRouter = router({
  list: procedure
    .input(z.object({ appId: z.uuid() }))
    .query(({ ctx, input }) => listEndpoints(ctx.domain, input.appId)),
  get: procedure
    .input(z.object({ appKey: Text(40), id: z.uuid() }))
    .query(({ ctx, input }) => getEndpoint(ctx.domain, input)),
  add: procedure.input(AddEndpoint).mutation(({ ctx, input }) => addEndpoint(ctx.domain, input)),
  change: procedure.input(ChangeEndpoint).mutation(({ ctx, input }) => changeEndpoint(ctx.domain, input)),
  remove: procedure.input(ById).mutation(({ ctx, input }) => removeEndpoint(ctx.domain, input.id)),
  rotate: procedure.input(RotateSecret).mutation(({ ctx, input }) => rotateSecret(ctx.domain, input)),
  /** Tells it something for trial. */
  tryOut: procedure.input(ById).mutation(({ ctx, input }) => tryEndpoint(ctx.domain, input.id)),
  deliveries: procedure.input(ListDeliveries).query(({ ctx, input }) => listDeliveries(ctx.domain, input)),
  counts: procedure
    .input(z.object({ endpointId: z.uuid() }))
    .query(({ ctx, input }) => deliveryCounts(ctx.domain, input.endpointId)),
  delivery: procedure.input(ById).query(({ ctx, input }) => readDelivery(ctx.domain, input.id)),
  sendAgain: procedure.input(SendDeliveriesAgain).mutation(({ ctx, input }) => sendDeliveriesAgain(ctx.domain, input)),
})
