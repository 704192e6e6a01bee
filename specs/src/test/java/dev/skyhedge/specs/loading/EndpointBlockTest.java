package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.ClientKey;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointBlockTest {
    private static final String SERVICE = """
            service "chat" {
              replica {
                command = ["run"]
                port    = 1
              }
              resources {
                accelerators = ["L4:1"]
                locations    = ["aws/*/*"]
              }
              endpoint {
                port = 8080
            %s
              }
            }
            """;

    @TempDir
    private Path directory;

    private LoadedSpec load(String inner) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), SERVICE.formatted(inner.indent(4)));
        return SpecLoader.load(SpecRequest.of(directory));
    }

    private EndpointSpec endpoint(String inner) throws IOException {
        LoadedSpec loaded = load(inner);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.spec()
                .orElseThrow()
                .service("chat")
                .orElseThrow()
                .endpoint()
                .orElseThrow();
    }

    @Test
    void tlsNamesFilesAndWhereTheKeyIsRead() throws IOException {
        EndpointSpec endpoint = endpoint("""
                tls {
                  certificate = "chat.pem"
                  key         = secret("file:chat.key")
                  client_ca   = "clients.pem"
                }
                """);

        assertThat(endpoint.tls())
                .contains(new EndpointSpec.Tls(
                        "chat.pem", new EnvValue.SecretReference("file:chat.key"), Optional.of("clients.pem")));
        assertThat(endpoint.url()).isEqualTo("https://127.0.0.1:8080");
    }

    @Test
    void aPrivateKeyIsNotWrittenInASpec() throws IOException {
        assertThat(load("tls {\n certificate = \"chat.pem\"\n key = \"-----BEGIN PRIVATE KEY-----\"\n}")
                        .diagnostics())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.isError()).isTrue();
                    assertThat(problem.subject()).isPresent();
                });
    }

    @Test
    void whatIsNotSaidHasItsDefault() throws IOException {
        EndpointSpec endpoint = endpoint("");

        assertThat(endpoint.times()).isEqualTo(EndpointSpec.Times.DEFAULT);
        assertThat(endpoint.limits()).isEqualTo(EndpointSpec.Limits.DEFAULT);
        assertThat(endpoint.session()).isEqualTo(EndpointSpec.Session.DEFAULT);
    }

    @Test
    void everyTimeLimitIsAKey() throws IOException {
        EndpointSpec endpoint = endpoint("""
                connect_timeout           = "2s"
                first_byte_timeout        = "11s"
                total_timeout             = "2h"
                queue_timeout             = "12s"
                header_timeout            = "13s"
                keep_alive_timeout        = "14s"
                drain_timeout             = "0s"
                max_in_flight_per_replica = 4
                """);

        assertThat(endpoint.times())
                .isEqualTo(new EndpointSpec.Times(
                        Duration.ofSeconds(2),
                        Optional.of(Duration.ofSeconds(11)),
                        Optional.of(Duration.ofHours(2)),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(13),
                        Duration.ofSeconds(14),
                        Duration.ZERO));
        assertThat(endpoint.limits().maxInFlightPerReplica()).isEqualTo(OptionalInt.of(4));
    }

    @ParameterizedTest
    @EnumSource(
            value = EndpointSpec.Policy.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TOKEN_WEIGHTED", "MELANGE"})
    void everyPolicyHasAName(EndpointSpec.Policy policy) throws IOException {
        String name = policy.name().toLowerCase(Locale.ROOT);

        assertThat(endpoint("policy = \"" + name + "\"").policy()).isEqualTo(policy);
    }

    @Test
    void streamsDoNotGoOnUnlessTheyAreTold() throws IOException {
        assertThat(endpoint("").continuation()).isEqualTo(EndpointSpec.Continuation.OFF);
    }

    @ParameterizedTest
    @EnumSource(EndpointSpec.Continuation.class)
    void everyContinuationHasAName(EndpointSpec.Continuation continuation) throws IOException {
        String name = continuation.name().toLowerCase(Locale.ROOT);

        assertThat(endpoint("continuation = \"" + name + "\"").continuation()).isEqualTo(continuation);
    }

    @Test
    void aContinuationOfAnotherNameIsAMistake() throws IOException {
        assertThat(new DiagnosticText(false)
                        .render(load("continuation = \"L3\"").diagnostics()))
                .contains("continuation")
                .contains("resample");
    }

    @Test
    void aSessionIsNamedByAHeaderOrACookie() throws IOException {
        assertThat(endpoint("policy = \"session\"\nsession_header = \"X-Chat\"\nsession_cookie = \"sid\"")
                        .session())
                .isEqualTo(new EndpointSpec.Session("X-Chat", Optional.of("sid")));
    }

    @Test
    void clientsBringKeysThatAreNamedAndNotWritten() throws IOException {
        EndpointSpec endpoint = endpoint("""
                key "team-a" {
                  secret              = secret("env:TEAM_A")
                  requests_per_minute = 60
                  tokens_per_minute   = 100000
                  max_in_flight       = 8
                }

                key "team-b" {
                  secret = secret("file:/run/team-b")
                }
                """);

        assertThat(endpoint.keys())
                .containsExactly(
                        new ClientKey(
                                "team-a",
                                new EnvValue.SecretReference("env:TEAM_A"),
                                OptionalInt.of(60),
                                OptionalInt.of(100_000),
                                OptionalInt.of(8)),
                        new ClientKey(
                                "team-b",
                                new EnvValue.SecretReference("file:/run/team-b"),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty()));
    }

    @Test
    void aKeyThatIsWrittenIntoTheSpecIsAMistake() throws IOException {
        assertThat(new DiagnosticText(false)
                        .render(load("key \"a\" {\n  secret = \"sk-1234\"\n}").diagnostics()))
                .contains("It must be a secret, such as secret(");
    }

    @Test
    void twoKeysOfOneNameAreAMistake() throws IOException {
        String key = "key \"a\" {\n  secret = secret(\"env:A\")\n}\n";

        assertThat(new DiagnosticText(false).render(load(key + key).diagnostics()))
                .contains("Duplicate key block")
                .contains("Give each its own");
    }

    @Test
    void whatNamesSessionsIsAMistakeWherePoliciesKeepNone() throws IOException {
        assertThat(new DiagnosticText(false)
                        .render(load("session_cookie = \"sid\"").diagnostics()))
                .contains("session_cookie says nothing with policy \"least_load\"")
                .contains("Set policy to");
    }
}
