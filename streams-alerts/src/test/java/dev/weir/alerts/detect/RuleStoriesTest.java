package dev.weir.alerts.detect;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the topology makes of rules of every kind, and of rules that change. */
class RuleStoriesTest {

  private static final String KINDS =
      """
      == LOW on any field
      set u1 {rules:[{id:'dry',kind:'LOW',metric:'moisture',raise:10,clear:20}]}
      0s #1 moisture:11
      1s #2 moisture:10 -> dry
      2s #3 moisture:19
      3s #4 moisture:20 -> dry over

      == without a clear level the raise level clears
      set u1 {rules:[{id:'wet',kind:'HIGH',metric:'moisture',raise:10}]}
      0s #1 moisture:10 -> wet
      1s #2 moisture:10
      2s #3 moisture:9.9 -> wet over

      == a nested value by JSON Pointer
      set u1 {rules:[{id:'fast',kind:'HIGH',metric:'/motor/axes/1/rpm',raise:900}]}
      0s #1 motor:{axes:[{rpm:2000},{rpm:899}]}
      1s #2 motor:{axes:[{rpm:0},{rpm:901}]} -> fast
      2s #3 motor:{axes:[]}
      3s #4 motor:5
      4s #5 motor:{axes:[{},{rpm:1}]} -> fast over

      == EQUALS a string
      set u1 {rules:[{id:'door',kind:'EQUALS',metric:'door',raise:'open'}]}
      0s #1 door:'shut'
      1s #2 door:'open' -> door
      2s #3 door:'open'
      3s #4 temperature:20
      4s #5 door:'Open' -> door over

      == EQUALS a boolean is not EQUALS a string
      set u1 {rules:[{id:'fault',kind:'EQUALS',metric:'fault',raise:true}]}
      0s #1 fault:'true'
      1s #2 fault:true -> fault
      2s #3 fault:null
      3s #4 fault:false -> fault over

      == EQUALS a number however it is written
      set u1 {rules:[{id:'code',kind:'EQUALS',metric:'code',raise:7}]}
      0s #1 code:7.0 -> code
      1s #2 code:70e-1
      2s #3 code:8 -> code over

      == RATE up, measured over its span
      set u1 {rules:[{id:'rush',kind:'RATE',metric:'level',raise:10,clear:5,for:'60s'}]}
      0s #1 level:0
      30s #2 level:4
      60s #3 level:9
      120s #4 level:19 -> rush
      180s #5 level:26
      240s #6 level:31 -> rush over

      == RATE down counts as well
      set u1 {rules:[{id:'rush',kind:'RATE',metric:'level',raise:10,for:'60s'}]}
      0s #1 level:100
      60s #2 level:80 -> rush
      120s #3 level:80 -> rush over

      == RATE tells a jump at once
      set u1 {rules:[{id:'rush',kind:'RATE',metric:'level',raise:10,for:'60s'}]}
      0s #1 level:0
      1s #2 level:9
      2s #3 level:10 -> rush
      3s #4 level:10
      60s #5 level:0 -> rush over

      == RATE takes no late readings
      set u1 {rules:[{id:'rush',kind:'RATE',metric:'level',raise:10,for:'60s'}]}
      0s #1 level:0
      60s #3 level:0
      30s #2 level:500
      120s #4 level:0

      == for: the condition must hold that long by the readings' time
      set u1 {rules:[{id:'warm',kind:'HIGH',metric:'t',raise:30,clear:25,for:'5m'}]}
      0s #1 t:31
      299s #2 t:31
      300s #3 t:31 -> warm
      301s #4 t:26
      302s #5 t:25 -> warm over

      == for: a good reading in between begins anew
      set u1 {rules:[{id:'warm',kind:'HIGH',metric:'t',raise:30,clear:25,for:'5m'}]}
      0s #1 t:31
      200s #2 t:29
      201s #3 t:31
      500s #4 t:31
      501s #5 t:31 -> warm

      == for: a late reading does not count
      set u1 {rules:[{id:'warm',kind:'HIGH',metric:'t',raise:30,clear:25,for:'10s'}]}
      0s #1 t:31
      5s #3 t:31
      3s #2 t:0
      10s #4 t:31 -> warm

      == for: a repeat of the first reading changes nothing
      set u1 {rules:[{id:'open',kind:'EQUALS',metric:'door',raise:'open',for:'10s'}]}
      0s #1 door:'open'
      9s #2 door:'open'
      0s #1 door:'open'
      10s #3 door:'open' -> open
      11s #4 door:'shut' -> open over

      == a field of another type is no value
      set u1 {rules:[{id:'dry',kind:'LOW',metric:'moisture',raise:10}]}
      0s #1 moisture:'5'
      1s #2 moisture:[5]
      2s #3 moisture:5 -> dry
      3s #4 moisture:true
      4s #5 moisture:50 -> dry over
      """;

  private static final String CHANGES =
      """
      == a rule set applies to the next reading
      0s #1 temperature:40
      set u1 {rules:[{id:'high_temperature',kind:'HIGH',metric:'temperature',raise:30,clear:25}]}
      1s #2 temperature:40 -> hot
      2s #3 temperature:25 -> hot over

      == quietly as well
      set quietly u1 {temperature_max:30}
      0s #1 temperature:40 -> hot

      == the seed's comparison
      set u1 {rules:[{key:'humidity',operator:'>',threshold:80,message:'{value} is too wet'}]}
      0s #1 humidity:81 -> high_humidity
      1s #2 humidity:73
      2s #3 humidity:72 -> high_humidity over

      == a device's rule goes before the user's, that before the default's
      set default {temperature_max:40}
      set u1 {temperature_max:30}
      set u1/d2 {temperature_max:20}
      d1 0s #1 temperature:29
      d1 1s #2 temperature:30 -> hot
      d2 0s #1 temperature:20 -> hot

      == other users keep theirs
      set u2 {temperature_max:10}
      0s #1 temperature:40
      1s #2 temperature:50 -> hot

      == rules gone: the wider scope holds
      set u1 {temperature_max:30}
      drop u1
      0s #1 temperature:40
      1s #2 temperature:50 -> hot

      == switched off by a narrower scope
      set u1 {rules:[{id:'high_temperature',enabled:false}]}
      0s #1 temperature:90
      1s #2 battery:1 -> low

      == switched off while open: cleared without a reading
      0s #1 temperature:90 -> hot
      set u1 {rules:[{id:'high_temperature',enabled:false}]} -> hot over
      1s #2 temperature:90

      == a rule that is gone clears its episode
      set u1 {rules:[{id:'dry',kind:'LOW',metric:'moisture',raise:10}]}
      0s #1 moisture:5 -> dry
      drop u1 -> dry over
      1s #2 moisture:5

      == raised above the last value: cleared without a reading
      set u1 {temperature_max:30}
      0s #1 temperature:40 -> hot
      set u1 {temperature_max:60} -> hot over
      1s #2 temperature:40

      == raised, but not above the last value: stays open
      set u1 {temperature_max:30}
      0s #1 temperature:40 -> hot
      set u1 {temperature_max:35}
      1s #2 temperature:32
      2s #3 temperature:31 -> hot over

      == another severity or message: stays open between the levels
      0s #1 temperature:60 -> hot
      1s #2 temperature:47
      set u1 {rules:[{id:'high_temperature',kind:'HIGH',metric:'temperature',raise:50,clear:45}]}
      2s #3 temperature:45 -> hot over

      == about another field: cleared
      set u1 {rules:[{id:'r',kind:'HIGH',metric:'a',raise:5}]}
      0s #1 a:9 -> r
      set u1 {rules:[{id:'r',kind:'HIGH',metric:'b',raise:5}]} -> r over
      1s #2 b:9 -> r

      == changed quietly: the next reading of whatever field clears it
      0s #1 temperature:60 -> hot
      set quietly u1 {temperature_max:70}
      1s #2 battery:50 -> hot over

      == a rule that is removed and set again begins anew
      set u1 {rules:[{id:'dry',kind:'LOW',metric:'moisture',raise:10}]}
      0s #1 moisture:5 -> dry
      drop u1 -> dry over
      set u1 {rules:[{id:'dry',kind:'LOW',metric:'moisture',raise:10}]}
      1s #2 moisture:5 -> dry

      == what is no rule set leaves the rules as they were
      set u1 {temperature_max:30}
      set u1 {temperature_max:'a lot'}
      set u1 not json
      set u1/d1/x {temperature_max:5}
      0s #1 temperature:29
      1s #2 temperature:30 -> hot

      == a longer for begins the wait anew
      set u1 {rules:[{id:'warm',kind:'HIGH',metric:'t',raise:30,for:'10s'}]}
      0s #1 t:31
      set u1 {rules:[{id:'warm',kind:'HIGH',metric:'t',raise:30,for:'20s'}]}
      10s #2 t:31
      29s #3 t:31
      30s #4 t:31 -> warm
      """;

  @TestFactory
  Stream<DynamicTest> kinds() {
    return Story.all(KINDS);
  }

  @TestFactory
  Stream<DynamicTest> changes() {
    return Story.all(CHANGES);
  }
}
