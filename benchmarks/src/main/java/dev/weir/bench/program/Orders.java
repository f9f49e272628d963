package dev.weir.bench.program;

import dev.weir.bench.frame.ChildJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A measured program's side of the conversation with whoever started it, after which the program
 * ends, whatever threads it has: event loops would keep it alive for ever.
 */
final class Orders {

  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  /** Carries an order out; its answer is a line. */
  @FunctionalInterface
  interface Order {

    /** Told the line. */
    String carryOut(String line) throws Exception;
  }

  /** Says that it is ready, carries out orders until nobody gives any more, and ends. */
  void follow(Order order) throws Exception {
    say(ChildJava.READY);
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      say(order.carryOut(line));
    }
    Runtime.getRuntime().halt(0);
  }

  /** Says that it is ready, waits until nobody is there any more, and ends. */
  void follow() throws IOException {
    say(ChildJava.READY);
    while (input.readLine() != null) {
      // there are no orders for this one
    }
    Runtime.getRuntime().halt(0);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
