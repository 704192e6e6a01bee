package dev.skyhedge.providers.cloud.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.boot.BootedMachine.Answer;
import dev.skyhedge.providers.cloud.boot.BootedMachine.Notice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The generated script run by a real shell with a real curl.
class BootScriptIT {
    @TempDir
    Path directory;

    @Test
    void startsTheWorkloadAndReportsThatItListens() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE);

            Notice ready = machine.awaitNotice("READY");

            assertThat(ready.authorization()).isEqualTo(BootedMachine.AUTHORIZATION);
            assertThat(ready.body())
                    .contains("\"token\":\"sabcdefgh2345\"", "\"deadline\":null", "\"source\":\"none\"");
            assertThat(machine.read("seen")).isEqualTo(BootedMachine.SECRET + "|a b|it's");
        }
    }

    @Test
    void keepsSecretsInFilesOfTheOwnerAndOutOfProcessLists() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.refusals.set(Integer.MAX_VALUE);
            machine.boot(MetadataService.NONE);
            machine.refusals.set(0);
            machine.awaitNotice("READY");

            for (String file : List.of("environment", "authorization")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                        .isEqualTo("rw-------");
            }
            assertThat(ProcessHandle.allProcesses()
                            .map(process -> process.info().commandLine().orElse("")))
                    .noneMatch(line -> line.contains(BootedMachine.AUTHORIZATION) || line.contains("and $HOME `id`"));
        }
    }

    @Test
    void repeatsANoticeUntilTheServerHasTakenIt() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.refusals.set(3);

            machine.boot(MetadataService.NONE);

            assertThat(machine.awaitNotice("READY")).isNotNull();
            assertThat(machine.refusals.get()).isNegative();
        }
    }

    @Test
    void passesOnAwsInterruptionsAndRebalanceHints() throws Exception {
        var interrupted = new AtomicBoolean();
        try (var machine = new BootedMachine(
                directory,
                Map.of(
                        "/latest/api/token",
                        exchange -> exchange.getRequestMethod().equals("PUT")
                                        && exchange.getRequestHeaders()
                                                .containsKey("X-aws-ec2-metadata-token-ttl-seconds")
                                ? new Answer(200, "session")
                                : new Answer(405, ""),
                        "/latest/meta-data/",
                        exchange -> {
                            if (!"session".equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
                                return new Answer(401, "");
                            }
                            String path = exchange.getRequestURI().getPath();
                            if (path.endsWith("/recommendations/rebalance")) {
                                return new Answer(200, "{\"noticeTime\": \"2026-01-01T00:00:00Z\"}");
                            }
                            return interrupted.get() && path.endsWith("/spot/instance-action")
                                    ? new Answer(200, "{\"action\": \"terminate\", \"time\": \"2026-01-01T00:02:00Z\"}")
                                    : new Answer(404, "not found");
                        }))) {
            machine.boot(MetadataService.AWS);
            assertThat(machine.awaitNotice("REBALANCE").body()).contains("\"deadline\":null");
            interrupted.set(true);

            Notice notice = machine.awaitNotice("PREEMPTION");

            assertThat(notice.body()).contains("\"deadline\":\"2026-01-01T00:02:00Z\"", "\"source\":\"aws\"");
            Notice another = machine.notices.poll(2, TimeUnit.SECONDS);
            // The workload may take its time to be ready.
            assertThat(another == null || another.body().contains("\"kind\":\"READY\""))
                    .as("sent once only: %s", another)
                    .isTrue();
        }
    }

    @Test
    void passesOnGooglePreemptionsFromALongPoll() throws Exception {
        var preempted = new CountDownLatch(1);
        try (var machine = new BootedMachine(directory, Map.of("/computeMetadata/v1/instance/preempted", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            if (!"Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))) {
                return new Answer(403, "");
            }
            if (query.contains("last_etag=0")) {
                return new Answer(200, "FALSE", Map.of("ETag", "abc1"));
            }
            if (query.contains("wait_for_change=true") && query.contains("last_etag=abc1")) {
                await(preempted);
                return new Answer(200, "TRUE", Map.of("ETag", "def2"));
            }
            return new Answer(503, "");
        }))) {
            machine.boot(MetadataService.GCP);
            machine.awaitNotice("READY");
            preempted.countDown();

            assertThat(machine.awaitNotice("PREEMPTION").body())
                    .containsPattern("\"deadline\":\"20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"");
        }
    }

    @Test
    void passesOnAzureEventsOfThisMachineAndAcknowledgesThemWhenDrained() throws Exception {
        BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
        var announced = new AtomicBoolean();
        String events = """
                {"DocumentIncarnation": 3, "Events": [
                  {"EventId": "11-aa", "EventType": "Preempt", "ResourceType": "VirtualMachine",
                   "Resources": ["other"], "EventStatus": "Scheduled", "NotBefore": "Thu, 01 Jan 2026 00:01:00 GMT"},
                  {"EventId": "22-bb", "EventType": "Reboot", "ResourceType": "VirtualMachine",
                   "Resources": ["sh-chat-1"], "EventStatus": "Scheduled", "NotBefore": ""},
                  {"EventId": "33-cc", "EventType": "Preempt", "ResourceType": "VirtualMachine",
                   "Resources": ["sh-chat-1"], "EventStatus": "Scheduled", "NotBefore": "Thu, 01 Jan 2026 00:00:30 GMT"}]}
                """;
        try (var machine = new BootedMachine(
                directory,
                Map.of(
                        "/metadata/instance/compute/name",
                        exchange -> new Answer(200, "sh-chat-1"),
                        "/metadata/scheduledevents",
                        exchange -> {
                            if (!"true".equals(exchange.getRequestHeaders().getFirst("Metadata"))) {
                                return new Answer(400, "");
                            }
                            if (exchange.getRequestMethod().equals("POST")) {
                                acknowledged.add(
                                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                                return new Answer(200, "");
                            }
                            return new Answer(200, announced.get() ? events : "{\"Events\": []}");
                        }))) {
            machine.boot(MetadataService.AZURE);
            machine.awaitNotice("READY");
            announced.set(true);

            assertThat(machine.awaitNotice("PREEMPTION").body()).contains("\"deadline\":\"2026-01-01T00:00:30Z\"");
            assertThat(acknowledged).isEmpty();
            machine.kill("workload.pid");
            assertThat(acknowledged.poll(20, TimeUnit.SECONDS))
                    .isEqualTo("{\"StartRequests\":[{\"EventId\":\"33-cc\"}]}");
        }
    }

    @Test
    void reportsItsShutdown() throws Exception {
        try (var machine = new BootedMachine(directory, Map.of())) {
            machine.boot(MetadataService.NONE);
            machine.awaitNotice("READY");

            machine.kill("agent.pid");

            assertThat(machine.awaitNotice("SHUTDOWN").body()).contains("\"token\":\"sabcdefgh2345\"");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
