# Two images: the bridge (docker build .) and the platform's simulator (docker build --target simulator .).
# Plain Dockerfile syntax: Docker's older builder reads it as well as BuildKit.

FROM eclipse-temurin:17.0.18_8-jdk-noble AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
# A layer of its own: a change of the sources downloads nothing again.
RUN ./mvnw -B -ntp dependency:go-offline
COPY src src
COPY routes routes
COPY application.properties ./
# The modes of a checkout depend on its owner's umask, and the images run as somebody else.
RUN ./mvnw -B -ntp package -DskipTests \
 && chmod -R a+rX target routes application.properties

FROM build AS simulator-build
RUN ./mvnw -B -ntp dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/test-lib \
 && chmod -R a+rX target/test-lib

FROM eclipse-temurin:17.0.18_8-jre-noble AS runtime
RUN groupadd --gid 10001 guestchat \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /opt/guestchat --shell /usr/sbin/nologin guestchat
WORKDIR /opt/guestchat
# A heap that follows the container's limit; a bridge out of memory is restarted, not left half alive.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001

FROM runtime AS simulator
COPY --from=simulator-build /build/target/test-lib lib
COPY --from=simulator-build /build/target/classes classes
COPY --from=simulator-build /build/target/test-classes test-classes
ENV SIMULATOR_HOST=0.0.0.0 SIMULATOR_PORT=8090
EXPOSE 8090
# Any answer will do: the question is whether it listens.
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=3 \
    CMD curl --silent --max-time 3 --output /dev/null "http://127.0.0.1:${SIMULATOR_PORT}/"
ENTRYPOINT ["java", "-cp", "test-classes:classes:lib/*", "io.guestchat.simulator.SimulatorMain"]

FROM runtime AS bridge
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/guestchat-bridge.jar ./
# What is in it, for scanners.
COPY --from=build /build/target/guestchat-bridge.cdx.json ./
COPY --from=build /build/routes routes
COPY --from=build /build/application.properties ./
EXPOSE 9876
# Live, not ready: an outage of Kafka or of the platform is no reason to restart the bridge.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD curl --fail --silent --show-error --max-time 4 --output /dev/null \
        "http://127.0.0.1:${CAMEL_MANAGEMENT_PORT:-9876}/observe/health/live"
# Without a shell between, so that SIGTERM reaches Java and the bridge drains.
ENTRYPOINT ["java", "-jar", "guestchat-bridge.jar"]
