package dev.weir.cli;

import dev.weir.cli.rules.RulesTopic;
import dev.weir.model.RuleSetCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands of {@code rules} share. */
abstract class RulesAction implements Callable<Integer> {

  private static final Path STANDARD_INPUT = Path.of("-");

  @Spec private @Nullable CommandSpec command;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  final RulesTopic topic() {
    return new RulesTopic(kafka.access(command()));
  }

  final CommandSpec command() {
    if (command == null) {
      throw new IllegalStateException("run by picocli only");
    }
    return command;
  }

  final PrintWriter out() {
    return command().commandLine().getOut();
  }

  final ParameterException wrong(List<String> problems) {
    return new ParameterException(command().commandLine(), String.join("\n", problems));
  }

  /**
   * The rules in a file, or from standard input where it is {@code -}.
   *
   * @throws ParameterException with everything that is wrong with them
   */
  final RuleSetCodec.Accepted rules(Path file) throws IOException {
    byte[] json;
    try {
      json = file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw wrong(List.of("there is no file " + file));
    }
    RuleSetCodec.Result result = RuleSetCodec.decode(json);
    if (result instanceof RuleSetCodec.Refused refused) {
      throw wrong(refused.problems().stream().map(problem -> file + ": " + problem).toList());
    }
    return (RuleSetCodec.Accepted) result;
  }
}
