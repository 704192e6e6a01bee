package dev.skyhedge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.control.NoticeAuthority;
import dev.skyhedge.engine.reconcile.InstanceNotice;
import dev.skyhedge.spi.IdempotencyToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeDeskTest {
    private static final long LIMIT_SECONDS = 30;
    private static final String NOTICE =
            "{\"token\":\"sabc\",\"kind\":\"PREEMPTION\",\"deadline\":\"2026-01-01T00:02:00Z\","
                    + "\"source\":\"aws\",\"observedAt\":\"2026-01-01T00:00:00Z\"}";
    private static final NoticeAuthority AUTHORITY = new NoticeAuthority(
            "0123456789abcdef".getBytes(StandardCharsets.UTF_8),
            Optional.of(URI.create("https://watch.example/v1/notices")),
            Map.of("gcp", URI.create("http://10.0.0.1:7071/v1/notices")));

    private final List<InstanceNotice> delivered = new ArrayList<>();
    private final NoticeDesk desk = new NoticeDesk(AUTHORITY, delivered::add);

    private static String authorization(String token) {
        return AUTHORITY
                .address("aws", new IdempotencyToken(token))
                .orElseThrow()
                .authorization();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void handsOnWhatALaunchMayReport() {
        Answer answer = desk.take(authorization("sabc"), bytes(NOTICE));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(delivered)
                .containsExactly(new InstanceNotice(
                        new IdempotencyToken("sabc"),
                        InstanceNotice.Kind.PREEMPTION,
                        Optional.of(Instant.parse("2026-01-01T00:02:00Z")),
                        "aws",
                        Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void countsARepeatedReportOnce() {
        desk.take(authorization("sabc"), bytes(NOTICE));
        desk.take(authorization("sabc"), bytes(NOTICE.replace("observedAt\":\"2026", "observedAt\":\"2027")));
        desk.take(authorization("sabc"), bytes(NOTICE.replace("00:02:00Z", "00:03:00Z")));

        assertThat(delivered).hasSize(2);
    }

    @Test
    void refusesTheRightOfAnotherLaunch() {
        assertThat(desk.take(authorization("sabd"), bytes(NOTICE)).status()).isEqualTo(401);
        assertThat(desk.take("", bytes(NOTICE)).status()).isEqualTo(401);
        assertThat(delivered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"token\":\"sabc\"",
                "{\"token\":\"UPPER\",\"kind\":\"READY\",\"source\":\"aws\",\"observedAt\":\"2026-01-01T00:00:00Z\"}",
                "{\"token\":\"sabc\",\"kind\":\"WAT\",\"source\":\"aws\",\"observedAt\":\"2026-01-01T00:00:00Z\"}",
                "{\"token\":\"sabc\",\"kind\":\"READY\",\"source\":\"a b\",\"observedAt\":\"2026-01-01T00:00:00Z\"}",
                "{\"token\":\"sabc\",\"kind\":\"READY\",\"source\":\"aws\",\"observedAt\":\"now\"}"
            })
    void refusesWhatIsNoNotice(String body) {
        assertThat(desk.take(authorization("sabc"), bytes(body)).status()).isEqualTo(400);
    }

    @Test
    void wantsARepetitionWhileNobodyIsAtWork() {
        var nobody = new NoticeDesk(AUTHORITY, notice -> false);

        assertThat(nobody.take(authorization("sabc"), bytes(NOTICE)).status()).isEqualTo(503);
        assertThat(nobody.take(authorization("sabc"), bytes(NOTICE)).status()).isEqualTo(503);
    }

    @Test
    void wantsARepetitionOfMoreThanCanWaitUntilTheyAreSafe() throws Exception {
        var inHand = new CountDownLatch(NoticeDesk.MAX_IN_HAND);
        var safe = new CountDownLatch(1);
        var slow = new NoticeDesk(AUTHORITY, notice -> {
            inHand.countDown();
            return await(safe);
        });
        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> waiting = new ArrayList<>();
            for (int i = 0; i < NoticeDesk.MAX_IN_HAND; i++) {
                waiting.add(instances.submit(() -> slow.take(authorization("sabc"), bytes(NOTICE))));
            }
            assertThat(await(inHand)).isTrue();

            int oneMore = slow.take(authorization("sabc"), bytes(NOTICE)).status();
            safe.countDown();

            assertThat(oneMore).isEqualTo(503);
            for (Future<Answer> answer : waiting) {
                assertThat(answer.get().status()).isEqualTo(204);
            }
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sendsEachCloudToItsOwnAddress() {
        var token = new IdempotencyToken("sabc");

        assertThat(AUTHORITY.address("gcp", token).orElseThrow().url()).hasHost("10.0.0.1");
        assertThat(AUTHORITY.address("aws", token).orElseThrow().url()).hasHost("watch.example");
        assertThat(AUTHORITY.address("aws", token).toString()).doesNotContain("HMAC");
    }
}
