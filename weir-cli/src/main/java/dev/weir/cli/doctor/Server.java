package dev.weir.cli.doctor;

import java.util.Locale;

/** The kinds of servers that are examined, in the order in which data flows. */
public enum Server {
  BROKER("MQTT broker"),
  EMQX("EMQX API"),
  BRIDGE("bridge"),
  KAFKA("Kafka"),
  CONNECT("Connect"),
  DATABASE("database");

  private final String title;

  Server(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Its name for programs. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
