package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Provider;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whether anybody would reach a machine, in a project whose network is as Google makes it.
class ReachabilityTest {
    private final GcpHarness harness = new GcpHarness();
    private final Provider provider = harness.provider();

    @AfterEach
    void close() {
        harness.close();
    }

    private List<Finding> look(String places, Integer... ports) {
        return provider.reach(List.of(LocationPattern.parse(places)), new TreeSet<>(List.of(ports)));
    }

    private Finding only(Integer... ports) {
        List<Finding> findings = look("gcp/us-central1", ports);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    @Test
    void aDefaultNetworkIsClosedAndItIsSaidWhatToOpen() {
        assertThat(only(8000))
                .isEqualTo(new Finding.Bad(
                        "port 8000",
                        "closed: no rule of network default admits port 8000 to machines with the tag skyhedge",
                        "Admit the address of the machine that runs Skyhedge: `gcloud compute firewall-rules create"
                                + " skyhedge-8000 --project=acme-ml --network=default --allow=tcp:8000 --target-tags=skyhedge"
                                + " --source-ranges=ADDRESS/32`."));
    }

    @Test
    void aRuleForTheTagOpensThePort() {
        harness.fake().cloud().network().allow("serve", 1000, "198.51.100.0/24", "8000-8010", "skyhedge");

        assertThat(only(8000)).isEqualTo(new Finding.Good("port 8000", "open to 198.51.100.0/24"));
        assertThat(only(8000, 9000)).isInstanceOf(Finding.Bad.class);
    }

    @Test
    void aRuleForAnotherTagOpensNothing() {
        harness.fake().cloud().network().allow("serve", 1000, "0.0.0.0/0", "8000", "web");

        assertThat(only(8000)).isInstanceOf(Finding.Bad.class);
    }

    @Test
    void theRuleWithTheLowestNumberCounts() {
        harness.fake().cloud().network().allow("serve", 1000, "0.0.0.0/0", "8000");
        harness.fake().cloud().network().deny("none", 900, "0.0.0.0/0");
        assertThat(only(8000)).isInstanceOf(Finding.Bad.class);

        harness.fake().cloud().network().allow("first", 800, "0.0.0.0/0", "8000");
        assertThat(only(8000)).isInstanceOf(Finding.Good.class);
    }

    @Test
    void aRegionWithoutASubnetworkIsNamed() {
        harness.fake().cloud().network().onlyIn("us-central1");
        harness.fake().cloud().network().allow("serve", 1000, "0.0.0.0/0", "8000");

        assertThat(look("gcp/europe-west4", 8000))
                .anyMatch(found -> found instanceof Finding.Bad bad
                        && bad.detail().equals("network default has no subnetwork in europe-west4"));
        assertThat(only(8000)).isInstanceOf(Finding.Good.class);
    }

    @Test
    void whatMayNotBeReadIsSaidAndNotTakenForClosed() {
        harness.fake().fault("Firewalls.List", new Fault.Refused(403, "forbidden", "No permission"));

        assertThat(only(8000))
                .isInstanceOfSatisfying(
                        Finding.Notable.class,
                        notable -> assertThat(notable.remedy()).contains("compute.firewalls.list"));
    }
}
