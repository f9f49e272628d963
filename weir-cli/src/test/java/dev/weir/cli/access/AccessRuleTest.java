package dev.weir.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AccessRuleTest {

  @Test
  void readsAccountResourceAndOperations() {
    assertThat(
            AccessRule.parse(List.of("# who", "", "bridge topic telemetry Read,Write # carries")))
        .containsExactly(
            new AccessRule(
                "bridge",
                new ResourcePattern(ResourceType.TOPIC, "telemetry", PatternType.LITERAL),
                List.of(AclOperation.READ, AclOperation.WRITE)));
  }

  @Test
  void takesANameThatEndsWithAStarForAPrefix() {
    assertThat(AccessRule.parse(List.of("alerts transaction weir-alerts* Write")))
        .singleElement()
        .extracting(AccessRule::resource)
        .isEqualTo(
            new ResourcePattern(
                ResourceType.TRANSACTIONAL_ID, "weir-alerts", PatternType.PREFIXED));
  }

  @Test
  void makesOneBindingOfEachOperation() {
    assertThat(AccessRule.parse(List.of("a group g Read,Delete")).get(0).bindings())
        .hasSize(2)
        .allSatisfy(
            binding -> {
              assertThat(binding.entry().principal()).isEqualTo("User:a");
              assertThat(binding.entry().host()).isEqualTo("*");
            });
  }

  @Test
  void saysEveryLineThatIsWrong() {
    assertThatThrownBy(
            () ->
                AccessRule.parse(
                    List.of("a topic t Reed", "a table t Read", "a topic t", "a topic * Read")))
        .hasMessageContaining("line 1, 'a topic t Reed': Reed is no operation of Kafka")
        .hasMessageContaining("line 2")
        .hasMessageContaining("one of [cluster, group, topic, transaction], not table")
        .hasMessageContaining("line 3")
        .hasMessageContaining("line 4");
  }
}
