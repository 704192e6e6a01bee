package dev.skyhedge.providers.cloud.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureTableTest {
    private static final Scope SCOPE = new Scope(
            LocationPattern.parse("aws/us-east-1/us-east-1a"), Optional.of(Market.SPOT), Optional.of("g6.xlarge"));
    private static final FailureTable TABLE = new FailureTable(List.of(
            FailureRule.text(Translation.QUOTA.about(Translation::everywhere), "quota exceeded"),
            FailureRule.codeAndText(Translation.PRICE_TOO_LOW, "NotAllowed", "max price"),
            FailureRule.codes(Translation.NO_CAPACITY, "NoRoom", "Full"),
            FailureRule.codes(Translation.DENIED, "NotAllowed"),
            FailureRule.codeLike(Translation.QUOTA.about(Translation::region), "LIMIT$"),
            FailureRule.codes(Translation.THROTTLED, "rateLimitExceeded")));

    private static Failure failure(int status, String code, String text) {
        return TABLE.failure(CloudError.of(status, code, text), SCOPE);
    }

    @Test
    void looksAtTooManyRequestsFirst() {
        assertThat(failure(429, "NoRoom", "")).isInstanceOf(Failure.Throttled.class);
    }

    @Test
    void looksAtTheCodeBeforeTheText() {
        assertThat(failure(403, "rateLimitExceeded", "Quota exceeded for quota group"))
                .isInstanceOf(Failure.Throttled.class);
        assertThat(failure(403, "other", "Quota exceeded for GPUS")).isInstanceOf(Failure.Quota.class);
    }

    @Test
    void looksAtTheCodeBeforeTheStatus() {
        assertThat(failure(500, "Full", "")).isEqualTo(new Failure.NoCapacity(SCOPE, "Full (HTTP 500)"));
    }

    @Test
    void namesTheSameFaultAlikeWhateverTheCall() {
        Failure one = TABLE.failure(new CloudError(400, "BadImage", "no ami-1", "r-1", Optional.empty()), SCOPE);
        Failure other = TABLE.failure(new CloudError(400, "BadImage", "no ami-1", "r-2", Optional.empty()), SCOPE);

        assertThat(one.message()).isNotEqualTo(other.message());
        assertThat(((Failure.InvalidRequest) one).fault()).isEqualTo(((Failure.InvalidRequest) other).fault());
    }

    @Test
    void takesTheFirstRowThatMatches() {
        assertThat(failure(400, "NotAllowed", "above MAX PRICE")).isInstanceOf(Failure.PriceTooLow.class);
        assertThat(failure(400, "NotAllowed", "")).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void widensTheScope() {
        assertThat(failure(400, "GPU_LIMIT", ""))
                .isInstanceOfSatisfying(
                        Failure.Quota.class, quota -> assertThat(quota.scope()).hasToString("aws/us-east-1/* spot"));
    }

    @Test
    void callsUnknownWhatMayHaveTakenEffect() {
        assertThat(failure(503, "", "<html>")).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(TABLE.failure(CloudError.unanswered("timed out"), SCOPE)).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(failure(404, "", "")).isInstanceOf(Failure.InvalidRequest.class);
    }

    @Test
    void keepsCodeTextAndRequestOnOneLine() {
        var error = new CloudError(503, "Odd", "first\nsecond", "r-1", Optional.of(Duration.ofSeconds(3)));

        assertThat(error.message()).isEqualTo("Odd: first second (HTTP 503, request r-1)");
        assertThat(CloudError.of(400, "", "x".repeat(2_000)).message()).hasSizeLessThan(600);
    }
}
