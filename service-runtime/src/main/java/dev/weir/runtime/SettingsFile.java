package dev.weir.runtime;

import java.io.IOException;
import java.io.Reader;
import java.io.Serial;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads the files that settings come from. */
final class SettingsFile {

  private SettingsFile() {}

  /** The values in a {@code .properties} file (UTF-8), by setting's name. */
  static Map<String, String> read(String file, KnownNames names, Problems problems) {
    Map<String, String> values = new LinkedHashMap<>();
    Properties properties =
        new Properties() {
          @Serial private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            String name = (String) key;
            if (values.put(name, (String) value) != null) {
              problems.add(name + " (file " + file + "): given more than once");
            }
            return value;
          }
        };
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("flag " + Flags.CONFIG + " " + file + ": cannot be read: " + reason(e));
      return Map.of();
    }
    values
        .keySet()
        .removeIf(
            name -> {
              boolean unknown = names.find(Source.FILE, name).isEmpty();
              if (unknown) {
                problems.add(name + " (file " + file + "): " + names.unknown(Source.FILE, name));
              }
              return unknown;
            });
    return values;
  }

  /** Why a file cannot be read, in words. */
  static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof MalformedInputException) {
      return "it is not UTF-8 text";
    }
    return String.valueOf(e.getMessage());
  }
}
