package dev.weir.system;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.weir.system.BrokerRules.Listener;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code emqx.conf}, as far as it decides who may do what. */
final class BrokerConf {

  static final String FILE = "emqx.conf";

  private static final Pattern PART_OF_NAME =
      Pattern.compile("nth\\((\\d), tokens\\(username, '(.)'\\)\\)");

  private final Config conf;

  BrokerConf() throws IOException {
    this.conf = ConfigFactory.parseString(ComposeFile.text(FILE));
  }

  Config whole() {
    return conf;
  }

  /** What the clients of a listener get: its zone's settings, and below them those of all. */
  Config mqtt(Listener listener) {
    Config common = conf.getConfig("mqtt");
    String path = "listeners.tcp." + listener.conf + ".zone";
    return conf.hasPath(path)
        ? conf.getConfig("zones." + conf.getString(path) + ".mqtt").withFallback(common)
        : common;
  }

  /** Whether nobody comes in through any listener without passing one of the authenticators. */
  boolean asksEverybody() {
    boolean somebodyAsks =
        conf.getConfigList("authentication").stream()
            .anyMatch(one -> !one.hasPath("enable") || one.getBoolean("enable"));
    return somebodyAsks
        && conf.getConfig("listeners").entrySet().stream()
            .noneMatch(
                set ->
                    set.getKey().endsWith(".enable_authn")
                        && !Boolean.TRUE.equals(set.getValue().unwrapped()));
  }

  /** The attributes that {@code client_attrs_init} takes out of a user name. */
  Map<String, String> attributes(String username) {
    Map<String, String> attributes = new TreeMap<>();
    for (Config init : conf.getConfigList("mqtt.client_attrs_init")) {
      Matcher part = PART_OF_NAME.matcher(init.getString("expression"));
      if (!part.matches()) {
        throw new IllegalArgumentException("not known to this test: " + init);
      }
      int index = Integer.parseInt(part.group(1)) - 1;
      String[] tokens = username.split(Pattern.quote(part.group(2)), -1);
      if (index < tokens.length) {
        attributes.put(init.getString("set_as_attr"), tokens[index]);
      }
    }
    return attributes;
  }
}
