package dev.skyhedge.providers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.MachineShape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshSettingsTest {
    private static SshSettings read(Map<String, Object> values) {
        return SshSettings.read(values, Map.of("HOME", "/home/me"));
    }

    private static List<String> problems(Map<String, Object> host) {
        return read(Map.of("hosts", Map.of("a", host))).problems().stream()
                .map(problem -> problem.setting() + ": " + problem.summary())
                .toList();
    }

    @Test
    void aHostIsReadWhole() {
        SshSettings settings = read(Map.of(
                "identity_file",
                "~/.ssh/gpu",
                "hosts",
                Map.of(
                        "a",
                        Map.of(
                                "address", "10.0.0.1",
                                "user", "ml",
                                "port", BigDecimal.valueOf(2222),
                                "accelerators", "A100:8",
                                "vcpus", BigDecimal.valueOf(96),
                                "memory_gb", BigDecimal.valueOf(768),
                                "rack", "r1",
                                "max_replicas", BigDecimal.TWO,
                                "state_directory", "/srv/claims"))));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.identityFile()).contains("/home/me/.ssh/gpu");
        assertThat(settings.hosts())
                .containsExactly(new Host(
                        "a",
                        "r1",
                        "10.0.0.1",
                        Optional.of("ml"),
                        2222,
                        Accelerator.parse("A100:8"),
                        Optional.of(new MachineShape(96, 768 * 1024)),
                        2,
                        "/srv/claims"));
    }

    @Test
    void aHostNeedsAnAddressAndAccelerators() {
        assertThat(problems(Map.of()))
                .containsExactlyInAnyOrder("hosts: address of a is missing", "hosts: accelerators of a is missing");
    }

    @Test
    void whatSshWouldTakeForAnOptionIsNoAddress() {
        assertThat(problems(Map.of("address", "-oProxyCommand=x", "accelerators", "CPU:1")))
                .singleElement()
                .asString()
                .startsWith("hosts: address of a");
    }

    @Test
    void whatAShellWouldRunIsNoDirectory() {
        assertThat(problems(Map.of("address", "a", "accelerators", "CPU:1", "state_directory", "$(id)")))
                .singleElement()
                .asString()
                .startsWith("hosts: state_directory of a");
    }

    @Test
    void whatNobodyKnowsIsNamed() {
        assertThat(problems(Map.of("address", "a", "accelerators", "CPU:1", "gpus", "8")))
                .containsExactly("hosts: gpus of a is not known");
    }

    @Test
    void oneMachineHasOneName() {
        Map<String, Object> host = Map.of("address", "10.0.0.1", "accelerators", "CPU:1");
        SshSettings settings = read(Map.of("hosts", new TreeMap<>(Map.of("a", host, "b", host))));

        assertThat(settings.problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.summary()).isEqualTo("names one machine twice, as a and as b"));
    }

    @Test
    void somebodyHasToBeThere() {
        assertThat(read(Map.of()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary()).isEqualTo("names no machine"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, false",
        "192.168.0.1, false",
        "172.16.0.1, false",
        "127.0.0.1, false",
        "100.64.0.1, false",
        "100.128.0.1, true",
        "8.8.8.8, true",
        "fd00::1, false",
        "::1, false",
        "2001:db8::1, true",
        "gpu1.lab, false"
    })
    void addressesOfThePublicInternetAreTold(String address, boolean isPublic) {
        SshSettings settings = read(Map.of("hosts", Map.of("a", Map.of("address", address, "accelerators", "CPU:1"))));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.hasPublicAddresses()).isEqualTo(isPublic);
    }
}
