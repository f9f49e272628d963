package dev.weir.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules, and the few calls that are banned everywhere. */
class ArchitectureTest {

  private static JavaClasses main;
  private static JavaClasses all;

  @BeforeAll
  static void readEveryModule() throws IOException {
    List<Path> classes = outputFolders("classes");
    main = new ClassFileImporter().importPaths(classes);
    all =
        new ClassFileImporter()
            .importPaths(
                Stream.concat(classes.stream(), outputFolders("test-classes").stream()).toList());
  }

  private static List<Path> outputFolders(String name) throws IOException {
    Path root = Path.of(System.getProperty("weir.root"));
    try (Stream<Path> files = Files.walk(root, 4)) {
      return files
          .filter(p -> p.endsWith(Path.of("target", name)) && Files.isDirectory(p))
          .toList();
    }
  }

  @Test
  void theModelKnowsOnlyItselfAndTheJsonParser() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.weir.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "dev.weir.model..", "java..", "com.fasterxml.jackson.core..", "org.jspecify..")
            .because("every part shares the model, so whatever it needs, all of them need"));
  }

  @Test
  void theServiceRuntimeKnowsNoOtherModule() {
    check(
        module(
            "runtime",
            "model",
            "deadletters",
            "bridge",
            "alerts",
            "sink",
            "stack",
            "cli",
            "bench"));
  }

  @Test
  void theDeadLettersKnowOnlyTheModel() {
    check(module("deadletters", "runtime", "bridge", "alerts", "sink", "stack", "cli", "bench"));
  }

  @Test
  void applicationModulesNeverSeeEachOther() {
    check(module("bridge", "alerts", "sink", "deadletters", "stack", "cli", "bench"));
    check(module("alerts", "bridge", "sink", "stack", "cli", "bench"));
    check(module("sink", "bridge", "alerts", "deadletters", "runtime", "stack", "cli", "bench"));
  }

  @Test
  void theLocalStackRunsTheApplicationsButKnowsNothingOfTheirCode() {
    check(
        module(
            "stack",
            "model",
            "runtime",
            "deadletters",
            "bridge",
            "alerts",
            "sink",
            "cli",
            "bench"));
  }

  @Test
  void theCommandLineOperatesFromOutside() {
    check(module("cli", "runtime", "bridge", "alerts", "sink", "bench"));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.weir.(**)").should().beFreeOfCycles());
  }

  @Test
  void nothingSleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .because("waiting for a time is waiting for the wrong thing; await the event")
        .check(all);
  }

  @Test
  void onlyMainsEndTheProcess() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("only a main knows that nothing else runs in its process"));
  }

  private static void check(ArchRule rule) {
    rule.check(main);
  }

  private static ArchRule module(String name, String... others) {
    String[] packages =
        Stream.of(others).map(other -> "dev.weir." + other + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.weir." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .because("modules depend only along the arrows of the README's layout");
  }
}
