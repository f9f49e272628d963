package dev.weir.runtime;

import java.util.regex.Pattern;

/**
 * Environment variables that begin like ours but are not: what launch scripts, images and proxies
 * use, what Docker and Kubernetes set for every service they know, and what our compose file takes.
 */
final class ForeignVariables {

  private static final Pattern LAUNCHER =
      Pattern.compile("[A-Z0-9_]+_(OPTS|HOME|VERSION)|KAFKA_JMX_[A-Z]+|KAFKA_DEBUG|HTTP_PROXY");

  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "[A-Z0-9_]+_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)"
              + "|[A-Z0-9_]+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?"
              + "|[A-Z0-9_]+_ENV_\\w+");

  /** What docker-compose.yml takes from the environment, for a shell that has read its .env. */
  private static final Pattern COMPOSE =
      Pattern.compile("KAFKA_(FILES|MEMORY)|(KAFKA|MQTT)_[A-Z0-9]+_(PASSWORD|SECRET)");

  private static final Pattern LINKED_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ForeignVariables() {}

  /** Whether a variable that names no setting should be left alone. */
  static boolean isForeign(String name, String value) {
    return LAUNCHER.matcher(name).matches()
        || SERVICE_LINK.matcher(name).matches()
        || COMPOSE.matcher(name).matches()
        || isLinkedAddress(name, value);
  }

  /**
   * Whether a variable that could name a setting is a service link instead: beside a Kubernetes
   * service {@code mqtt}, {@code MQTT_PORT} is {@code tcp://10.0.0.7:1883}.
   */
  static boolean isLinkedAddress(String name, String value) {
    return name.endsWith("_PORT") && LINKED_ADDRESS.matcher(value).matches();
  }
}
