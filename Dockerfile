# All images of Weir's own; docker-compose.yml names the target. Everything is built from this source tree: the first
# build fetches the libraries (some minutes), later ones find them in the cache mount.
ARG JAVA=21

FROM maven:3.9.11-eclipse-temurin-${JAVA} AS build
# Reads what Connect counts over JMX out for Prometheus.
ARG JMX_AGENT=io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1
WORKDIR /src
ENV MAVEN_ARGS=-Dmaven.repo.local=/var/cache/maven
COPY . .
RUN --mount=type=cache,target=/var/cache/maven \
    mvn -B -q -Dquick -Dmaven.test.skip=true -pl bridge,streams-alerts,timescale-sink,weir-cli -am package \
 && mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -Dartifact=${JMX_AGENT} \
      -Dmdep.stripVersion=true -DoutputDirectory=/src/target/jmx \
 # what every worker has, and then what it has here
 && cat connect-config/worker.properties infra/connect/compose.properties > target/worker.properties

FROM eclipse-temurin:${JAVA}-jre-noble AS java
RUN useradd --uid 10001 --user-group --create-home weir \
 # a volume that is mounted here for the first time takes over the owner
 && install -d -o weir -g weir /var/lib/weir
USER weir
WORKDIR /var/lib/weir
# Inside a container only the container's own address is reachable from outside it.
ENV HTTP_HOST=0.0.0.0
# The heap follows the container's limit; what does not fit ends the process, and the container is started again.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Duser.timezone=UTC"

FROM java AS service
COPY --from=build /src/infra/jvm/service.options /opt/weir/

FROM service AS bridge
COPY --from=build /src/target/weir/lib/bridge /opt/weir/lib
EXPOSE 8081
CMD ["java", "@/opt/weir/service.options", "-cp", "/opt/weir/lib/*", "dev.weir.bridge.BridgeMain"]

FROM service AS streams-alerts
COPY --from=build /src/target/weir/lib/alerts /opt/weir/lib
EXPOSE 8082
CMD ["java", "@/opt/weir/service.options", "-cp", "/opt/weir/lib/*", "dev.weir.alerts.AlertsMain"]

# The tool, with the definitions that its jobs apply.
FROM java AS weir
COPY --from=build /src/target/weir/lib/cli /opt/weir/lib/cli
COPY --from=build /src/target/weir/infra/kafka /opt/weir/infra/kafka
COPY --from=build /src/target/weir/connect-config /opt/weir/connect-config
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dweir.dist=/opt/weir", "-cp", "/opt/weir/lib/cli/*", "dev.weir.cli.WeirMain"]

# Kafka Connect as it is, with the plugin in a directory of its own: the plugin path is scanned jar by jar.
FROM apache/kafka:4.3.1 AS connect
COPY --from=build /src/target/weir/plugins /opt/weir/plugins
COPY --from=build /src/target/jmx /opt/weir/jmx
COPY --from=build /src/target/worker.properties /opt/weir/connect/
COPY infra/connect/start infra/connect/jaas.conf infra/connect/jmx.yml infra/connect/log4j2.yaml /opt/weir/connect/
ENV KAFKA_LOG4J_OPTS="-Dlog4j2.configurationFile=/opt/weir/connect/log4j2.yaml"
ENV KAFKA_OPTS="-Djava.security.auth.login.config=/opt/weir/connect/jaas.conf -javaagent:/opt/weir/jmx/jmx_prometheus_javaagent.jar=9404:/opt/weir/connect/jmx.yml -XX:+ExitOnOutOfMemoryError -Duser.timezone=UTC"
EXPOSE 8083 9404
CMD ["/opt/weir/connect/start"]
