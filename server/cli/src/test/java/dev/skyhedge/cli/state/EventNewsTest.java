package dev.skyhedge.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventNewsTest {
    private final EventNews news = new EventNews();

    private static Event event(int second) {
        return new Event(Instant.ofEpochSecond(second), "chat", "", "probe_failed", "");
    }

    private List<Event> look(List<Event> newestFirst) {
        return news.in(most -> newestFirst.subList(0, Math.min(most, newestFirst.size())));
    }

    /// Those of the seconds from the last to the first.
    private static List<Event> events(int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(second -> event(last + 1 - second))
                .toList();
    }

    @Test
    void firstAllAreNewThenOnlyThoseThatCame() {
        assertThat(look(List.of(event(2), event(1)))).containsExactly(event(2), event(1));
        assertThat(look(List.of(event(2), event(1)))).isEmpty();
        assertThat(look(List.of(event(4), event(3), event(2), event(1)))).containsExactly(event(4), event(3));
    }

    @Test
    void oneThatIsEqualToAnotherIsNewAllTheSame() {
        look(List.of(event(1)));

        assertThat(look(List.of(event(1), event(1)))).hasSize(1);
    }

    @Test
    void oldOnesMayBeDroppedMeanwhile() {
        look(List.of(event(3), event(2), event(1)));

        assertThat(look(List.of(event(4), event(3), event(2)))).containsExactly(event(4));
    }

    @Test
    void allAreReadOnceAndThenFewAsLongAsThatIsEnough() {
        List<Integer> read = new ArrayList<>();
        IntFunction<List<Event>> newest = most -> {
            read.add(most);
            return events(3_000).subList(0, most == EventNews.FEW ? EventNews.FEW : 3_000);
        };

        assertThat(news.in(newest)).hasSize(3_000);
        assertThat(news.in(newest)).isEmpty();
        assertThat(read).containsExactly(EventNews.ALL, EventNews.FEW);
    }

    @Test
    void moreThanAFewThatCameAtOnceAreAllTold() {
        look(events(3_000));

        assertThat(look(events(5_000))).hasSize(2_000).first().isEqualTo(event(5_000));
    }
}
