package dev.weir.alerts.detect;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the topology makes of silence, and of what users want done about alerts. */
class SilenceStoriesTest {

  private static final String SILENCE =
      """
      == silent once, and back
      set default {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 0..40
      10s@40s #1 temperature:20
      ticks 41..100
      ticks 101..101 -> gone
      ticks 102..300
      11s@301s #2 temperature:20 -> gone over
      12s@302s #3 temperature:20
      ticks 303..362
      ticks 363..363 -> gone

      == a device that sends is never silent
      set default {rules:[{id:'gone',kind:'SILENT',for:'10s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 41..49
      2s@50s #2 temperature:20
      ticks 50..59
      3s@60s #3 temperature:20
      ticks 60..69

      == without ticks nobody is silent
      set default {rules:[{id:'gone',kind:'SILENT',for:'10s'}]}
      1s@1s #1 temperature:20
      d2 1s@900s #1 temperature:20

      == no device is silent in the grace after the start
      set default {rules:[{id:'gone',kind:'SILENT',for:'10s'}]}
      0s@0s #1 temperature:20
      ticks 0..29
      ticks 30..30 -> gone

      == an outage of ours is no silence: the wait begins anew after it, and the grace
      set default {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 41..60
      ticks 600..660
      ticks 661..661 -> gone

      == a backlog that drains after an outage is no silence
      set default {rules:[{id:'gone',kind:'SILENT',for:'40s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 600..620
      2s@620s #2 temperature:20
      3s@621s #3 temperature:20
      ticks 621..661
      ticks 662..662 -> gone

      == pauses of ticks below ten seconds are no outage
      set default {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 50..50
      ticks 60..99
      ticks 100..100
      ticks 101..101 -> gone

      == ticks that are repeated or come late change nothing
      set default {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 30..100
      ticks 0..100
      ticks 101..101 -> gone
      ticks 90..101

      == a late reading and a repeat end the silence too
      set default {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 0..40
      5s@40s #5 temperature:20
      ticks 41..101 -> gone
      1s@102s #1 temperature:20 -> gone over
      ticks 102..163 -> gone
      5s@164s #5 temperature:20 -> gone over

      == a rule that comes later applies to devices that were heard before
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 41..200
      set u1 {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 201..201 -> gone

      == a rule that goes clears
      set u1 {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 41..101 -> gone
      drop u1 -> gone over
      ticks 102..200

      == two rules of different patience
      set u1 {rules:[{id:'a',kind:'SILENT',for:'30s'},{id:'b',kind:'SILENT',for:'90s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 41..71 -> a
      ticks 72..130
      ticks 131..131 -> b
      2s@132s #2 temperature:20 -> a over & b over

      == the impatient rule speaks again though the other waits for more
      set u1 {rules:[{id:'a',kind:'SILENT',for:'30s'},{id:'b',kind:'SILENT',for:'90s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      ticks 41..71 -> a
      2s@72s #2 temperature:20 -> a over
      ticks 73..102
      ticks 103..103 -> a

      == the user's devices alone
      set u1/d2 {rules:[{id:'gone',kind:'SILENT',for:'30s'}]}
      ticks 0..40
      d1 1s@40s #1 temperature:20
      d2 1s@40s #1 temperature:20
      ticks 41..71 -> gone
      ticks 72..200

      == a device that was never heard of is not missed
      set u1/d9 {rules:[{id:'gone',kind:'SILENT',for:'30s'}]}
      ticks 0..200
      """;

  private static final String COMMANDS =
      """
      == acknowledged once, and cleared as ever
      0s #1 temperature:60 -> hot
      ACKNOWLEDGE@5 {rule_id:'high_temperature'} -> hot known
      ACKNOWLEDGE@6 {rule_id:'high_temperature'}
      1s #2 temperature:60
      2s #3 temperature:20 -> hot over
      3s #4 temperature:60 -> hot
      ACKNOWLEDGE@7 {} -> hot known

      == nothing open, nothing acknowledged
      ACKNOWLEDGE@5 {}
      0s #1 temperature:60 -> hot

      == snoozed: raised after the time, if it lasts
      SNOOZE@0 {rule_id:'high_temperature',duration_minutes:10}
      1s@10s #1 temperature:60
      2s@599s #2 temperature:60
      3s@600s #3 temperature:60 -> hot

      == snoozed: what is open is cleared as ever, and not raised anew
      0s@1s #1 temperature:60 -> hot
      SNOOZE@2 {duration_minutes:10}
      1s@3s #2 temperature:20 -> hot over
      2s@4s #3 temperature:60
      3s@5s #4 battery:1

      == snoozed: another rule is heard
      SNOOZE@2 {rule_id:'high_temperature',duration_minutes:10}
      0s@3s #1 temperature:60,battery:1 -> low

      == snoozed: another device is heard
      SNOOZE@2 {duration_minutes:10}
      d2 0s@3s #1 temperature:60 -> hot

      == enabled before the snooze is over
      SNOOZE@2 {duration_minutes:10}
      0s@3s #1 temperature:60
      ENABLE@4 {}
      1s@5s #2 temperature:60 -> hot

      == disabled: cleared, and silent until enabled
      0s@1s #1 temperature:60 -> hot
      DISABLE@2 {rule_id:'high_temperature'} -> hot over
      1s@3s #2 temperature:60
      2s@900s #3 temperature:60
      ENABLE@901 {rule_id:'high_temperature'}
      3s@902s #4 temperature:60 -> hot

      == all disabled, one enabled
      0s@1s #1 temperature:60,battery:1 -> hot & low
      DISABLE@2 {} -> hot over & low over
      ENABLE@3 {rule_id:'low_battery'}
      1s@4s #2 temperature:60,battery:1 -> low
      ENABLE@5 {}
      2s@6s #3 temperature:60,battery:1 -> hot

      == a rule that is disabled stays so though its device is snoozed
      DISABLE@1 {rule_id:'high_temperature'}
      SNOOZE@2 {duration_minutes:1}
      0s@3s #1 temperature:60
      1s@900s #2 temperature:60,battery:1 -> low
      ENABLE@901 {rule_id:'high_temperature'}
      2s@902s #3 temperature:60,battery:1 -> hot

      == all disabled: a snooze of one ends nothing
      DISABLE@1 {}
      SNOOZE@2 {rule_id:'high_temperature',duration_minutes:1}
      0s@900s #1 temperature:60,battery:1

      == what is no command does nothing
      SNOOZE@2 {rule_id:'high_temperature'}
      STOP@2 {}
      0s@3s #1 temperature:60 -> hot
      DISABLE@4 {user_id:'u2'}
      1s@5s #2 temperature:20 -> hot over

      == for: snoozed in between, raised afterwards at once
      set u1 {rules:[{id:'warm',kind:'HIGH',metric:'t',raise:30,for:'10s'}]}
      SNOOZE@0 {duration_minutes:1}
      0s@1s #1 t:31
      20s@21s #2 t:31
      60s@61s #3 t:31 -> warm

      == silence is snoozed and disabled too
      set u1 {rules:[{id:'gone',kind:'SILENT',for:'60s'}]}
      ticks 0..40
      1s@40s #1 temperature:20
      SNOOZE@41 {duration_minutes:2}
      ticks 41..161
      ticks 162..162 -> gone
      DISABLE@163 {} -> gone over
      ticks 163..400
      ENABLE@401 {}
      ticks 401..401 -> gone
      """;

  @TestFactory
  Stream<DynamicTest> silence() {
    return Story.all(SILENCE);
  }

  @TestFactory
  Stream<DynamicTest> commands() {
    return Story.all(COMMANDS);
  }
}
