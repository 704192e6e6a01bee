package dev.skyhedge.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadRequestTest {
    private static final URI URL = URI.create("http://localhost:1");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void refusesWhatItCannotDo() {
        refuses("http://", URI.create("ftp://localhost"), 1, SECOND);
        refuses("http://", URI.create("localhost"), 1, SECOND);
        refuses("no host", URI.create("http:///path"), 1, SECOND);
        refuses("rate", URL, 0, SECOND);
        refuses("rate", URL, Double.NaN, SECOND);
        refuses("rate", URL, 1e9, SECOND);
        refuses("duration", URL, 1, Duration.ZERO);
        refuses("requests", URL, 50_000, Duration.ofDays(1));
    }

    private static void refuses(String message, URI uri, double rate, Duration duration) {
        assertThatThrownBy(() -> LoadRequest.get(uri, rate, duration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
