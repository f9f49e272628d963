package dev.weir.stack;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All links of one stack. Safe for use by several threads. */
final class Links implements AutoCloseable {

  /** What is outside the stack, as a link's beginning. */
  static final String DEVICES = "devices";

  private final LinkLoop loop = new LinkLoop();
  private final List<Link> links = new CopyOnWriteArrayList<>();

  /** A new link to a server's port, open. */
  Link add(String from, String to, int targetPort) {
    Link link = new Link(from, to, Ports.anyFree(), targetPort, loop);
    links.add(link);
    return link;
  }

  /** The port at which one component finds another. */
  int port(String from, String to) {
    return links.stream()
        .filter(link -> link.from().equals(from) && link.to().equals(to))
        .mapToInt(Link::port)
        .findFirst()
        .orElseThrow(
            () -> new StackException("This stack has no link from %s to %s.".formatted(from, to)));
  }

  List<Link> all() {
    return List.copyOf(links);
  }

  @Override
  public void close() {
    links.forEach(Link::refuse);
    loop.close();
  }
}
