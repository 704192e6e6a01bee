package dev.skyhedge.specs.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.values.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths and headers of requests, as they are written in specs.
class RequestPartsTest {
    @ParameterizedTest
    @CsvSource({
        "/health?q=a b, /health?q=a%20b",
        "/a|b, /a%7Cb",
        "/50%, /50%25",
        "/grün, /gr%C3%BCn",
        "/x#y, /x%23y",
        "/a[1], /a%5B1%5D"
    })
    void teachesHowAPathIsEscaped(String path, String escaped) {
        assertThat(RequestParts.pathProblem(path))
                .hasValueSatisfying(problem -> assertThat(problem).contains("\"" + escaped + "\""));
        assertThat(RequestParts.pathProblem(escaped)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/v1/models?x=1&y=%20", "//a", "/a;b=c"})
    void takesWhatCanBeSentAsItIs(String path) {
        assertThat(RequestParts.pathProblem(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Accept", "X-Token", "x_1"})
    void takesHeadersThatMayBeSent(String name) {
        assertThat(RequestParts.headerProblem(name, Value.of("a value"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "Content-Length", "connection", "Transfer-Encoding", "ä"})
    void refusesHeadersThatMayNot(String name) {
        assertThat(RequestParts.headerProblem(name, Value.of("1"))).isPresent();
    }

    @Test
    void refusesValuesThatWouldBeginAnotherHeader() {
        assertThat(RequestParts.headerProblem("X", Value.of("a\r\nHost: b"))).isPresent();
        assertThat(RequestParts.headerProblem("X", Value.of("ä"))).isPresent();
    }
}
