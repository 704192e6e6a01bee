package dev.skyhedge.engine.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.specs.ReplicaSpec;
import org.junit.jupiter.api.Test;

class SpecJsonTest {
    private static final Declared CHAT = Declared.service("chat").running("v1");

    @Test
    void servicesThatSayNothingOfTheirDiskKeepTheVersionsOfBefore() {
        assertThat(SpecJson.version(CHAT.spec().replica())).isEqualTo("ae0359533f1f");
        assertThat(SpecJson.of(CHAT.spec())).doesNotContain("disk_gb");
    }

    @Test
    void anotherDiskIsAnotherVersion() {
        String small = SpecJson.version(CHAT.onDisk(200).spec().replica());

        assertThat(small)
                .isNotEqualTo(SpecJson.version(CHAT.spec().replica()))
                .isNotEqualTo(SpecJson.version(CHAT.onDisk(500).spec().replica()))
                .isEqualTo(SpecJson.version(CHAT.onDisk(200).spec().replica()));
    }

    @Test
    void aVersionThatIsLaunchedAgainHasItsDisk() {
        ReplicaSpec replica = CHAT.onDisk(200).spec().replica();

        assertThat(SpecJson.readReplica(SpecJson.of(replica))).contains(replica);
    }

    @Test
    void theDiskIsShownWhereItIsDeclared() {
        var service = SpecJson.read(SpecJson.of(CHAT.onDisk(200).spec()));

        assertThat(service.path("resources").path("disk_gb").intValue()).isEqualTo(200);
        assertThat(service.path("replica").has("disk_gb")).isFalse();
    }
}
