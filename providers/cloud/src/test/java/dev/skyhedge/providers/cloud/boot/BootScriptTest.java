package dev.skyhedge.providers.cloud.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Entrance;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.NoticeAddress;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BootScriptTest {
    private static LaunchRequest request(Optional<String> image, Map<String, String> environment) {
        return new LaunchRequest(
                new Offer(
                        "g6.xlarge",
                        Accelerator.parse("L4"),
                        Location.parse("aws/us-east-1/us-east-1a"),
                        Market.SPOT,
                        HourlyPrice.ofUsd("0.3")),
                new InstanceTags("l1", "chat", "chat-1", 1, new IdempotencyToken("sabc")),
                new Workload(image, List.of("serve", "--model", "it's"), 8000, new LinkedHashMap<>(environment)),
                OptionalInt.empty(),
                Optional.of(new NoticeAddress(URI.create("https://watch.example/v1/notices"), "HMAC-SHA256 c2VjcmV0")));
    }

    private static Outcome<String> write(LaunchRequest request, boolean gpu) {
        return BootScript.write(request, MetadataService.AWS, Optional.empty(), gpu);
    }

    private static String script(LaunchRequest request, boolean gpu) {
        return ((Outcome.Done<String>) write(request, gpu)).value();
    }

    /// The texts that the script unpacks.
    private static String unpacked(String script, String name) {
        String encoded = script.split("unpack " + name + " <<END\n", 2)[1].split("END\n", 2)[0];
        return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    @Test
    void isTheSameForTheSameRequest() {
        LaunchRequest request = request(Optional.of("vllm/vllm-openai"), Map.of("KEY", "secret"));

        assertThat(script(request, true)).isEqualTo(script(request, true)).startsWith("#!/bin/sh\n");
    }

    @Test
    void startsTheContainerWithGpusAndItsPort() {
        String program =
                unpacked(script(request(Optional.of("vllm/vllm-openai"), Map.of("KEY", "x")), true), "program");

        assertThat(program)
                .contains(
                        "docker run --name \"${SKYHEDGE_CONTAINER:-skyhedge-workload}\" --gpus all -p 8000:8000 -e PORT -e KEY ")
                .contains(" 'vllm/vllm-openai' 'serve' '--model' 'it'\\''s'");
    }

    @Test
    void asksForNoGpusWhereThereAreNone() {
        assertThat(unpacked(script(request(Optional.of("web"), Map.of()), false), "program"))
                .doesNotContain("--gpus");
    }

    @Test
    void showsNoSecretInTheClear() {
        assertThat(script(request(Optional.of("web"), Map.of("KEY", "hunter2")), false))
                .doesNotContain("hunter2")
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void leavesRoomForTheWorkload() {
        assertThat(script(request(Optional.of("web"), Map.of()), true).length()).isLessThan(BootScript.MAX_BYTES / 2);
    }

    @Test
    void refusesWhatACloudWouldNotTake() {
        assertThat(write(request(Optional.empty(), Map.of("KEY", "x".repeat(20_000))), false))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.InvalidRequest.class));
        assertThat(write(request(Optional.empty(), Map.of("a-b", "x")), false)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void keepsAWorkloadBehindAProxyOnTheLoopbackAddress() {
        LaunchRequest open = request(Optional.of("web"), Map.of("KEY", "hunter2"));
        Workload workload = open.workload();
        var entrance = new Entrance("public\n", "s3cret\n", "Authorization", "Bearer 0123456789abcdef");
        var behind = new LaunchRequest(
                open.offer(),
                open.tags(),
                new Workload(workload.image(), workload.command(), 8000, workload.environment(), Optional.of(entrance)),
                OptionalInt.empty(),
                open.notices());

        String script = script(behind, true);

        assertThat(unpacked(script, "program")).contains("--gpus all -p 127.0.0.1:8001:8000 -e PORT");
        assertThat(unpacked(script, "proxy/nginx.conf"))
                .contains("if ($http_authorization != \"Bearer 0123456789abcdef\") { return 401; }");
        assertThat(unpacked(script, "proxy/key.pem")).isEqualTo("s3cret\n");
        assertThat(script)
                .contains("WORKLOAD_PORT=8001\n")
                .doesNotContain("s3cret")
                .doesNotContain("0123456789abcdef");
        assertThat(script.length()).isLessThan(BootScript.MAX_BYTES * 3 / 4);
    }

    @Test
    void hasNoAgentWhenNobodyListens() {
        LaunchRequest full = request(Optional.of("web"), Map.of());
        var silent = new LaunchRequest(full.offer(), full.tags(), full.workload());

        assertThat(script(silent, false)).doesNotContain("agent-settings");
    }
}
