package dev.skyhedge.balancer.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.keys.KeyAccount.Answer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// What a key may take, at times that are given.
class KeyAccountProperties {
    private static final long START = 1_000_000_000L;

    private static ClientKey.Limits limits(int requests, int tokens, int inFlight) {
        return new ClientKey.Limits(limit(requests), limit(tokens), limit(inFlight));
    }

    private static OptionalInt limit(int most) {
        return most > 0 ? OptionalInt.of(most) : OptionalInt.empty();
    }

    private static long after(Duration time) {
        return START + time.toNanos();
    }

    private static boolean begins(KeyAccount account, long now) {
        return account.begin(now) instanceof Answer.Begun;
    }

    @Property
    void noMoreThanTwoMinutesWorthIsLetInWithinAnyMinute(
            @ForAll @IntRange(min = 1, max = 100) int perMinute,
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 2_000) Integer> pausesMillis) {
        var account = new KeyAccount("a", limits(perMinute, 0, 0), START);
        long now = START;
        int letIn = 0;
        for (int pause : pausesMillis) {
            now += TimeUnit.MILLISECONDS.toNanos(pause);
            letIn += begins(account, now) ? 1 : 0;
        }

        double minutes = (now - START) / 60e9;
        assertThat(letIn).isLessThanOrEqualTo((int) Math.floor(perMinute * (1 + minutes) + 1e-6));
        assertThat(account.statistics().requests()).isEqualTo(letIn);
    }

    @Property
    void whoComesBackWhenToldIsLetIn(
            @ForAll @IntRange(min = 1, max = 1_000) int requests,
            @ForAll @IntRange(min = 1, max = 100_000) int tokens) {
        var account = new KeyAccount("a", limits(requests, tokens, 0), START);
        assertThat(begins(account, START)).isTrue();
        account.ended(tokens, 2L * tokens);

        assertThat(account.begin(START)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.limit()).isEqualTo(KeyLimit.TOKENS);
            assertThat(begins(account, after(refused.retryAfter()))).isTrue();
        });
    }

    @Example
    void requestsAtOnceHaveALimit() {
        var account = new KeyAccount("a", limits(0, 0, 2), START);

        assertThat(begins(account, START)).isTrue();
        assertThat(begins(account, START)).isTrue();
        assertThat(account.begin(START)).isEqualTo(new Answer.Refused(KeyLimit.IN_FLIGHT, Duration.ofSeconds(1)));
        account.ended(0, 0);
        assertThat(begins(account, START)).isTrue();
        assertThat(account.statistics().inFlight()).isEqualTo(2);
    }

    @Example
    void whatIsRefusedIsNeitherInFlightNorCharged() {
        var account = new KeyAccount("a", limits(1, 0, 5), START);
        assertThat(begins(account, START)).isTrue();
        account.ended(0, 0);

        for (int i = 0; i < 10; i++) {
            assertThat(begins(account, START)).isFalse();
        }

        assertThat(account.statistics().inFlight()).isZero();
        assertThat(begins(account, after(Duration.ofMinutes(1)))).isTrue();
    }

    @Example
    void aLimitThatComesLaterStartsFullAndOneThatBecomesLowerHoldsAtOnce() {
        var account = new KeyAccount("a", ClientKey.Limits.NONE, START);
        for (int i = 0; i < 1_000; i++) {
            assertThat(begins(account, START)).isTrue();
        }

        account.limit(limits(10, 0, 0), START);
        assertThat(begins(account, START)).isTrue();
        account.limit(limits(2, 0, 0), START);

        assertThat(begins(account, START)).isTrue();
        assertThat(begins(account, START)).isTrue();
        assertThat(begins(account, START)).isFalse();
    }

    @Example
    void whatIsOwedStaysOwedWhenTheLimitChanges() {
        var account = new KeyAccount("a", limits(0, 100, 0), START);
        assertThat(begins(account, START)).isTrue();
        account.ended(1_000, 0);

        account.limit(limits(0, 200, 0), START);

        assertThat(begins(account, after(Duration.ofMinutes(4)))).isFalse();
        assertThat(begins(account, after(Duration.ofMinutes(5)))).isTrue();
    }
}
