package dev.weir.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a service is: its name, its settings and how to make it. Immutable. */
public final class ServiceDefinition {

  private final String name;
  private final String summary;
  private final List<Setting<?>> settings;
  private final List<Passthrough> passthroughs;
  private final List<Function<Settings, Optional<String>>> checks;
  private final ServiceFactory factory;

  private ServiceDefinition(Builder builder, ServiceFactory factory) {
    this.name = builder.name;
    this.summary = builder.summary;
    this.settings = List.copyOf(builder.settings);
    this.passthroughs = List.copyOf(builder.passthroughs);
    this.checks = List.copyOf(builder.checks);
    this.factory = factory;
  }

  /**
   * Begins a definition.
   *
   * @param name the service's name, one lower-case word
   * @param httpPort the default of its {@code http.port}
   */
  public static Builder builder(String name, int httpPort) {
    return new Builder(name, httpPort);
  }

  /** The service's name. */
  public String name() {
    return name;
  }

  /** One sentence on what the service does. */
  public String summary() {
    return summary;
  }

  /** The service's own settings and then those of the runtime. */
  public List<Setting<?>> settings() {
    return settings;
  }

  /** What {@code --help} prints. */
  public String help() {
    return SettingsPage.help(this);
  }

  /** All settings as a table for the README. */
  public String markdownTable() {
    return SettingsPage.markdownTable(this);
  }

  List<Passthrough> passthroughs() {
    return passthroughs;
  }

  List<Function<Settings, Optional<String>>> checks() {
    return checks;
  }

  ServiceFactory factory() {
    return factory;
  }

  /** Collects the parts of a definition. */
  public static final class Builder {

    private final String name;
    private final int httpPort;
    private String summary = "";
    private final List<Setting<?>> settings = new ArrayList<>();
    private final List<Passthrough> passthroughs = new ArrayList<>();
    private final List<Function<Settings, Optional<String>>> checks = new ArrayList<>();

    private Builder(String name, int httpPort) {
      this.name = name;
      this.httpPort = httpPort;
    }

    /** One sentence on what the service does, for {@code --help}. */
    public Builder summary(String sentence) {
      this.summary = sentence;
      return this;
    }

    /**
     * The service's own settings; those of the runtime ({@code http.*} and so on) come by
     * themselves.
     */
    public Builder settings(List<? extends Setting<?>> more) {
      settings.addAll(more);
      return this;
    }

    /** The service's own settings. */
    public Builder settings(Setting<?>... more) {
      return settings(List.of(more));
    }

    /** Allows a library's properties to be set under a prefix. */
    public Builder passthrough(Passthrough passthrough) {
      passthroughs.add(passthrough);
      return this;
    }

    /** A condition on several settings: says what is wrong with them, naming each, or nothing. */
    public Builder check(Function<Settings, Optional<String>> problem) {
      checks.add(problem);
      return this;
    }

    /** The definition of a service that is made this way. */
    public ServiceDefinition create(ServiceFactory factory) {
      settings.add(CommonSettings.HTTP_HOST);
      settings.add(CommonSettings.httpPort(httpPort));
      settings.add(CommonSettings.SHUTDOWN_TIMEOUT);
      settings.add(CommonSettings.LOG_LEVEL);
      return new ServiceDefinition(this, factory);
    }
  }
}
