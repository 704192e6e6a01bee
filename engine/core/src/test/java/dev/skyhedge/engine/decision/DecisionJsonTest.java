package dev.skyhedge.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.specs.ProviderSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Sha256;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DecisionJsonTest {
    private static final Declared CHAT = Declared.service("chat").wants(2);

    private static Spec withSecrets() {
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
        env.put("TOKEN", new EnvValue.Sensitive("hush-env"));
        env.put("KEY", new EnvValue.SecretReference("env:API_KEY"));
        SequencedMap<String, Object> settings = new LinkedHashMap<>();
        settings.put("password", "hush-provider");
        var replica = new ReplicaSpec(Optional.empty(), List.of("serve"), 8000, env);
        ServiceSpec service = CHAT.with(replica).spec();
        SequencedMap<String, ServiceSpec> services = new LinkedHashMap<>();
        services.put("chat", service);
        return new Spec(
                List.of(new ProviderSpec("aws", settings)),
                services,
                List.of(new OutputSpec("secret", "\"hush-output\"", true)));
    }

    private static Decision decided(Spec spec, World world) {
        return new Decision(
                spec,
                world,
                PlanOptions.DEFAULT,
                Planner.plan(Kinds.of(spec), world, PlanOptions.DEFAULT).actions());
    }

    @Test
    void keepsNoSecretAndStillSaysTheSame() {
        World world = Worlds.of(
                CHAT,
                Signals.NONE,
                Worlds.replica(CHAT, 1, Lifecycle.READY, Worlds.EAST_A).withLog("hush-log"));
        Decision decision = decided(withSecrets(), world);

        String text = DecisionJson.write(decision);

        assertThat(text).doesNotContain("hush").contains("env:API_KEY", Sha256.hex("hush-env"));
        assertThat(DecisionJson.read(text).isDerivedAgain()).isTrue();
        assertThat(decision.actions()).isNotEmpty();
    }

    @Test
    void isNotTheSameIfThePlannerWouldSaySomethingElse() {
        Spec spec = Declared.all(CHAT);
        Decision decision = decided(spec, Worlds.of(CHAT, Signals.NONE));

        assertThat(decision.isDerivedAgain()).isTrue();
        assertThat(decision.with(Declared.all(CHAT.wants(3))).isDerivedAgain()).isFalse();
    }

    @Test
    void isKeptWhileWorkloadsRememberLittle() {
        World world = Worlds.of(CHAT, Signals.NONE);
        WorkloadRecord chat = Objects.requireNonNull(world.workloads().get("chat"));

        assertThat(decided(Declared.all(CHAT), remembering(world, chat, "a")).isKept())
                .isTrue();
        assertThat(decided(Declared.all(CHAT), remembering(world, chat, "a".repeat(Decision.LARGEST_MEMORY + 1)))
                        .isKept())
                .isFalse();
    }

    private static World remembering(World world, WorkloadRecord record, String memory) {
        return world.with(
                new TreeMap<>(Map.of(record.name(), record.remembering(memory))), world.replicas(), world.signals());
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> DecisionJson.read("{\"spec\":{}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Spec without providers");
        assertThatThrownBy(() -> DecisionJson.read("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }
}
