package dev.weir.bench.frame;

import java.util.concurrent.Callable;

/**
 * One of the things compared.
 *
 * @param name lower case, as comparisons and the report name it
 * @param round measures it once; it must end by itself, and must leave things so that it can be
 *     measured again. Its first call warms up and is not counted
 */
public record Variant(String name, Callable<Figures> round) {}
