package dev.weir.alerts.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the topology makes of a series of readings, as stories. A line is {@code [device]
 * time[@received] #sequence fields -> alerts}; times are relative, {@code hot} and {@code low} are
 * the two default rules raised, {@code hot over} and {@code low over} cleared.
 */
class StoriesTest {

  private static final String STORIES =
      """
      == a hot reading raises
      0s #1 temperature:95.5 -> hot

      == a mild reading raises nothing
      0s #1 temperature:49.9

      == the level itself raises
      0s #1 temperature:50.0 -> hot

      == a cool reading clears
      0s #1 temperature:95.5 -> hot
      1s #2 temperature:44 -> hot over

      == the clear level itself clears
      0s #1 temperature:95.5 -> hot
      1s #2 temperature:45 -> hot over

      == flapping around the raise level raises once
      0s #1 temperature:52 -> hot
      1s #2 temperature:49
      2s #3 temperature:52
      3s #4 temperature:49
      4s #5 temperature:51

      == flapping around the clear level clears once
      0s #1 temperature:52 -> hot
      1s #2 temperature:44 -> hot over
      2s #3 temperature:46
      3s #4 temperature:44

      == a second episode is raised anew
      0s #1 temperature:52 -> hot
      1s #2 temperature:44 -> hot over
      2s #3 temperature:60 -> hot
      3s #4 temperature:40 -> hot over

      == a redelivered hot reading raises nothing
      0s #1 temperature:52 -> hot
      0s #1 temperature:52
      0s #1 temperature:52

      == a redelivered hot reading does not reopen what is over
      0s #1 temperature:52 -> hot
      1s #2 temperature:44 -> hot over
      0s #1 temperature:52

      == a redelivered cool reading does not end a newer episode
      0s #1 temperature:44
      1s #2 temperature:60 -> hot
      0s #1 temperature:44

      == everything redelivered in order changes nothing
      0s #1 temperature:52 -> hot
      1s #2 temperature:44 -> hot over
      2s #3 temperature:60 -> hot
      0s #1 temperature:52
      1s #2 temperature:44
      2s #3 temperature:60

      == readings out of order raise once
      0s #1 temperature:20
      3s #4 temperature:60 -> hot
      1s #2 temperature:60
      2s #3 temperature:60

      == a late hot reading that nobody judged raises
      5s #6 temperature:20
      2s #3 temperature:60 -> hot

      == what a late reading raised, the next cool one clears
      5s #6 temperature:20
      2s #3 temperature:60 -> hot
      6s #7 temperature:20 -> hot over

      == a late cool reading does not clear
      0s #1 temperature:60 -> hot
      5s #6 temperature:60
      2s #3 temperature:20

      == a late hot reading within an episode that is over raises nothing
      0s #1 temperature:60 -> hot
      5s #6 temperature:20 -> hot over
      3s #4 temperature:60

      == a late hot reading before an episode that is over raises nothing
      4s #5 temperature:60 -> hot
      5s #6 temperature:20 -> hot over
      1s #2 temperature:60

      == a late hot reading after the last episode raises
      0s #1 temperature:60 -> hot
      1s #2 temperature:20 -> hot over
      5s #6 temperature:30
      3s #4 temperature:60 -> hot

      == a late reading is judged once
      5s #6 temperature:20
      2s #3 temperature:60 -> hot
      2s #3 temperature:60
      6s #7 temperature:20 -> hot over
      2s #3 temperature:60

      == a device that counts anew is heard
      0s #500 temperature:60 -> hot
      1s #0 temperature:20 -> hot over
      2s #1 temperature:60 -> hot

      == a device that counts anew reuses numbers that were seen
      0s #1 temperature:20
      1s #2 temperature:20
      2s #1 temperature:60 -> hot
      3s #2 temperature:20 -> hot over

      == the same time with a higher number is later
      0s #1 temperature:60 -> hot
      0s #2 temperature:20 -> hot over
      0s #3 temperature:60 -> hot
      0s #4 temperature:20 -> hot over

      == the same time with a lower number is late
      0s #2 temperature:60 -> hot
      0s #1 temperature:20

      == a reading older than the window is dropped
      9s #2000 temperature:20
      1s #900 temperature:60

      == a reading at the window's edge is judged
      9s #2000 temperature:20
      1s #977 temperature:60 -> hot

      == a clock that runs ahead does not freeze the device
      9000s@10s #1 temperature:60 -> hot
      9001s@11s #2 temperature:20 -> hot over
      400s@400s #3 temperature:60 -> hot
      401s@401s #4 temperature:20 -> hot over

      == a redelivered reading from a clock that runs ahead is not later than itself
      9000s@10s #1 temperature:60 -> hot
      9001s@11s #2 temperature:20 -> hot over
      9000s@20s #1 temperature:60

      == one fixed time ahead of the clock is ordered by number
      9000s@10s #1 temperature:60 -> hot
      9000s@11s #2 temperature:20 -> hot over
      9000s@12s #3 temperature:60 -> hot

      == a low battery raises and clears
      0s #1 battery:15 -> low
      1s #2 battery:16
      2s #3 battery:14
      3s #4 battery:20 -> low over

      == an empty battery raises
      0s #1 battery:0 -> low

      == both rules at once
      0s #1 temperature:95.5,battery:3 -> hot & low
      1s #2 temperature:20,battery:90 -> hot over & low over

      == each rule by itself
      0s #1 temperature:95.5,battery:90 -> hot
      1s #2 temperature:95.5,battery:3 -> low
      2s #3 temperature:20,battery:3 -> hot over

      == a reading without the field changes nothing
      0s #1 temperature:60 -> hot
      1s #2 humidity:40
      2s #3 temperature:20 -> hot over

      == a null temperature changes nothing
      0s #1 temperature:60 -> hot
      1s #2 temperature:null
      2s #3 temperature:20 -> hot over

      == negative and exponent numbers
      0s #1 temperature:-273.15
      1s #2 temperature:1e2 -> hot
      2s #3 temperature:-0.0 -> hot over

      == two devices do not disturb each other
      d1 0s #1 temperature:60 -> hot
      d2 0s #1 temperature:60 -> hot
      d1 1s #2 temperature:20 -> hot over
      d2 1s #2 temperature:60
      d2 2s #3 temperature:20 -> hot over

      == what is no reading changes nothing
      0s #1 temperature:60 -> hot
      1s #2 temperature:"high"
      1s #2 device_id:"another",temperature:20
      2s #-3 temperature:20
      3s #3 temperature:20 -> hot over
      """;

  @TestFactory
  Stream<DynamicTest> stories() {
    return Story.all(STORIES);
  }

  @TestFactory
  Stream<DynamicTest> aHundredMoreHotReadingsRaiseNothing() {
    return Stream.of(50.0, 50.5, 95.5, 1e6)
        .map(
            temperature ->
                DynamicTest.dynamicTest(
                    "at " + temperature,
                    () -> {
                      try (AlertsDriver driver = new AlertsDriver()) {
                        int alerts = 0;
                        for (int i = 0; i <= 100; i++) {
                          String line = i + "s #" + i + " temperature:" + temperature;
                          alerts += StoryLine.parse(line).pipeInto(driver).size();
                        }
                        assertThat(alerts).isEqualTo(1);
                      }
                    }));
  }
}
