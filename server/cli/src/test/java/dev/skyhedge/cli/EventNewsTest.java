package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.Event;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventNewsTest {
    private final EventNews news = new EventNews();

    private static Event event(int second) {
        return new Event(Instant.ofEpochSecond(second), "chat", "", "probe_failed", "");
    }

    @Test
    void firstAllAreNewThenOnlyThoseThatCame() {
        assertThat(news.in(List.of(event(2), event(1)))).containsExactly(event(2), event(1));
        assertThat(news.in(List.of(event(2), event(1)))).isEmpty();
        assertThat(news.in(List.of(event(4), event(3), event(2), event(1)))).containsExactly(event(4), event(3));
    }

    @Test
    void oneThatIsEqualToAnotherIsNewAllTheSame() {
        news.in(List.of(event(1)));

        assertThat(news.in(List.of(event(1), event(1)))).hasSize(1);
    }

    @Test
    void oldOnesMayBeDroppedMeanwhile() {
        news.in(List.of(event(3), event(2), event(1)));

        assertThat(news.in(List.of(event(4), event(3), event(2)))).containsExactly(event(4));
    }
}
