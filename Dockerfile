# What the stages stand on. Both have Node 24; the second has neither shell nor npm, and the C library that Node needs.
ARG BUILD_BASE=docker.io/library/node:24-bookworm-slim
ARG RUNTIME_BASE=gcr.io/distroless/nodejs24-debian12:latest

# The bundle is the same for every platform: it is made once, on the platform of the builder, without emulation.
FROM --platform=${BUILDPLATFORM} ${BUILD_BASE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY LICENSE tsconfig.json ./
COPY build build
COPY src src
# The commit that is built, and a time in seconds for what has to name one; without them neither is told.
ARG REVISION
ARG SOURCE_DATE_EPOCH
RUN npm run build

# No RUN from here on: this stage is put together for another platform without running anything of it.
FROM ${RUNTIME_BASE}
ARG RUNTIME_BASE
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="registry-probe" \
	org.opencontainers.image.description="Walks the path of an image pull from every Kubernetes node and says which host, which stage and why it breaks" \
	org.opencontainers.image.licenses="Apache-2.0" \
	org.opencontainers.image.version="${VERSION}" \
	org.opencontainers.image.revision="${REVISION}" \
	org.opencontainers.image.base.name="${RUNTIME_BASE}"
COPY --from=build /build/dist/ /build/LICENSE /build/package.json /build/package-lock.json /registry-probe/
ENV MALLOC_ARENA_MAX=1
ENV MALLOC_MMAP_THRESHOLD_=131072
EXPOSE 9917
WORKDIR /
USER 65532:65532
ENTRYPOINT ["/nodejs/bin/node", "--optimize-for-size", "--max-lazy", "--no-opt", "--no-maglev", "--no-sparkplug", "--liftoff-only", "--max-semi-space-size=1", "--v8-pool-size=0", "--disable-sigusr1", "/registry-probe/registry-probe.mjs"]
CMD ["agent"]
