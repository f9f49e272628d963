package dev.weir.cli;

import dev.weir.model.RuleScope;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a scope of rules: {@code default}, {@code USER} or {@code USER/DEVICE}. */
final class RuleScopeConverter implements ITypeConverter<RuleScope> {

  @Override
  public RuleScope convert(String text) {
    return RuleScope.ofKey(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is no scope; write default, USER or USER/DEVICE"));
  }
}
