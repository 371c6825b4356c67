# 问策 in a container: Node alone, no build, not root. See docs/operations.md for what was run of this.
FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app

# What is installed changes more seldom than what is written.
COPY package.json package-lock.json ./
COPY packages/telegram-emulator/package.json packages/telegram-emulator/
COPY packages/telegram-playground/package.json packages/telegram-playground/
RUN npm ci --omit=dev --ignore-scripts --include-workspace-root \
      --workspace telegram-emulator --workspace telegram-playground \
    && npm cache clean --force

COPY packages/telegram-emulator packages/telegram-emulator
COPY packages/telegram-playground packages/telegram-playground
COPY scripts/preflight.cjs scripts/
COPY src src
COPY lexicon lexicon
COPY knowledge knowledge

# The database of a single machine.
RUN mkdir -p data && chown node:node data
VOLUME ["/app/data"]
USER node

ENV HOST=0.0.0.0 PORT=8080 METRICS_HOST=0.0.0.0 METRICS_PORT=9090
EXPOSE 8080 9090
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.METRICS_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
