package dev.weir.runtime;

import java.util.stream.Collectors;

/** Shows the declared settings to people: {@code --help} and the README's table. */
final class SettingsPage {

  private SettingsPage() {}

  static String help(ServiceDefinition definition) {
    StringBuilder page = new StringBuilder("weir ").append(definition.name());
    if (!definition.summary().isEmpty()) {
      page.append(": ").append(definition.summary());
    }
    page.append(
        """


        Settings come from flags, environment variables, the file given with --config FILE
        (.properties) and the defaults; the first of these that has a value wins. A secret can
        also be read from a file: for X, name the file in X_FILE.

        """);
    definition.settings().forEach(setting -> page.append(entry(setting)));
    for (Passthrough passthrough : definition.passthroughs()) {
      page.append("  ").append(Source.FLAG.spell(passthrough.prefix() + "*")).append(", ");
      page.append(Source.ENVIRONMENT.spell(passthrough.prefix())).append("*, ");
      page.append(passthrough.prefix()).append("*\n      ").append(meaning(passthrough));
      page.append("\n\n");
    }
    return page.append("  --config FILE\n      A file of settings.\n\n")
        .append("  --help\n      This page.\n")
        .toString();
  }

  private static String entry(Setting<?> setting) {
    return "  "
        + String.join(
            ", ",
            Source.FLAG.spell(setting.name()),
            Source.ENVIRONMENT.spell(setting.name()),
            setting.name())
        + "\n      "
        + setting.doc()
        + "\n      "
        + (setting.isSecret() ? "secret" : setting.allowed())
        + (setting.defaultText().isEmpty() ? "" : "; default " + setting.defaultText())
        + "\n\n";
  }

  private static String meaning(Passthrough passthrough) {
    String any = "Any property of the library, as it is.";
    return passthrough.fixed().isEmpty()
        ? any
        : any
            + " Fixed: "
            + passthrough.fixed().keySet().stream().sorted().collect(Collectors.joining(", "))
            + ".";
  }

  static String markdownTable(ServiceDefinition definition) {
    StringBuilder table =
        new StringBuilder("| Setting | Flag | Environment variable | Default | Meaning |\n")
            .append("|---|---|---|---|---|\n");
    for (Setting<?> setting : definition.settings()) {
      String name = setting.name();
      table.append(
          row(
              code(name),
              code(Source.FLAG.spell(name)),
              code(Source.ENVIRONMENT.spell(name))
                  + (setting.isSecret()
                      ? ", " + code(Source.ENVIRONMENT.spell(name + KnownNames.FILE_SUFFIX))
                      : ""),
              setting.defaultText().isEmpty() ? "" : code(setting.defaultText()),
              setting.doc()));
    }
    for (Passthrough passthrough : definition.passthroughs()) {
      String prefix = passthrough.prefix();
      table.append(
          row(
              code(prefix + "*"),
              code(Source.FLAG.spell(prefix) + "*"),
              code(Source.ENVIRONMENT.spell(prefix) + "*"),
              "",
              meaning(passthrough)));
    }
    return table.toString();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }
}
