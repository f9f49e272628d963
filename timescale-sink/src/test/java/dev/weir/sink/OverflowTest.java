package dev.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DecoderLimits;
import dev.weir.model.JsonObjectDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverflowTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          {}                                      | none
          {"humidity":40.50}                      | {"humidity":40.50}
          {"a": 1e2 , "b":[1, {"c":null}]}        | {"a":1e2,"b":[1, {"c":null}]}
          {"quote\\"d":"x\\ny"}                   | {"quote\\"d":"x\\ny"}
          {"n":null}                              | {"n":null}
          {"extra_data":{"a":1}}                  | {"a":1}
          {"extra_data":{"a":1},"a":2}            | {"extra_data":{"a":1},"a":2}
          {"extra_data":"{bad"}                   | {"extra_data":"{bad"}
          """)
  void keepsEveryFieldAsItWasSent(String sent, String kept) {
    JsonObjectDecoder decoder = new JsonObjectDecoder(DecoderLimits.DEFAULT);
    var fields =
        ((JsonObjectDecoder.Members) decoder.decode(Records.bytes(sent.strip()))).members();
    assertThat(Overflow.compose("extra_data", fields)).isEqualTo(kept);
  }
}
