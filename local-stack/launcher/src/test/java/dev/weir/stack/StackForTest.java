package dev.weir.stack;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A launcher to be killed: starts a stack in the given folder, says so, and waits. */
final class StackForTest {

  static final String READY = "ready to be killed";

  private StackForTest() {}

  public static void main(String[] args) throws InterruptedException {
    LocalStack stack = LocalStack.builder(Path.of(args[0])).broker().kafka().postgres().start();
    System.out.println(READY);
    new CountDownLatch(1).await();
    stack.close();
  }
}
