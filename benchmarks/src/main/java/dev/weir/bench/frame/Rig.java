package dev.weir.bench.frame;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The started servers and programs of one benchmark run, with the variants that use them. */
public interface Rig extends AutoCloseable {

  /** The variants, in the order in which each round measures them. */
  List<Variant> variants();

  /** The sizes, settings and versions that a reader has to know to repeat the run. */
  Map<String, String> settings();

  /** Stops everything; called once, however the run went. */
  @Override
  void close() throws IOException;
}
