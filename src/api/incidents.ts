/** What went wrong and needs a person. */
import { z } from 'zod'
import {
  acknowledgeIncident,
  ChangeIncidentNotices,
  changeIncidentNotices,
  incidentNotices,
  ListIncidents,
  latestIncidents,
  listIncidents,
} from '#domain/incidents/incidents.ts'
import { procedure, router } from './trpc.ts'

export const incidentsRouter = router({
  list: procedure.input(ListIncidents).query(({ ctx, input }) => listIncidents(ctx.domain, input)),
  /** Those that the overview names. */
  latest: procedure.query(({ ctx }) => latestIncidents(ctx.domain, 5)),
  acknowledge: procedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => acknowledgeIncident(ctx.domain, input.id)),
  notices: procedure.query(({ ctx }) => incidentNotices(ctx.domain)),
  changeNotices: procedure
    .input(ChangeIncidentNotices)
    .mutation(({ ctx, input }) => changeIncidentNotices(ctx.domain, input)),
})
