package dev.skyhedge.providers.azure;

import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.azure.fake.FakeNetworks;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether anybody would reach a machine, in a subscription whose network is as the command line makes it.
class ReachabilityTest {
    private static final String NETWORK = "skyhedge-eastus";
    private static final String FIREWALL = "guard";

    private final AzureHarness harness = new AzureHarness();
    private final FakeNetworks networks = harness.fake().cloud().networks();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        harness.close();
    }

    private List<Finding> look(Map<String, Object> settings, String places, Integer... ports) {
        try (Provider provider = harness.client(harness.connect(), directory, settings)) {
            return provider.reach(List.of(LocationPattern.parse(places)), new TreeSet<>(List.of(ports)));
        }
    }

    private Finding only(Map<String, Object> settings, Integer... ports) {
        List<Finding> findings = look(settings, "azure/eastus", ports);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private Finding only(Integer... ports) {
        return only(Map.of(), ports);
    }

    private void guarded() {
        networks.makeFirewall(FIREWALL, "eastus");
        networks.guard(NETWORK, FIREWALL);
    }

    @Test
    void aPublicAddressWithoutASecurityGroupIsClosedAndItIsSaidWhatToMake() {
        assertThat(only(8000))
                .isEqualTo(new Finding.Bad(
                        "port 8000",
                        "closed by the want of any network security group in eastus",
                        "Admit the address of the machine that runs Skyhedge, in each group and for each port: `az network"
                                + " nsg create --resource-group skyhedge --name skyhedge-eastus --location eastus`, `az"
                                + " network nsg rule create --resource-group skyhedge --nsg-name skyhedge-eastus --name"
                                + " skyhedge-8000 --priority 100 --access Allow --protocol Tcp --destination-port-ranges"
                                + " 8000 --source-address-prefixes ADDRESS/32`, and set firewall ="
                                + " \"skyhedge-{region}\"."));
    }

    @Test
    void theRulesThatEveryGroupHasAreClosedToTheInternet() {
        guarded();

        assertThat(only(8000)).isInstanceOfSatisfying(Finding.Bad.class, closed -> {
            assertThat(closed.detail()).isEqualTo("closed by guard in eastus");
            assertThat(closed.remedy()).contains("--nsg-name guard", "--priority 100");
        });
    }

    @Test
    void aRuleOfTheSubnetsGroupOpensThePort() {
        guarded();
        networks.rule(FIREWALL, 300, "Allow", "198.51.100.0/24", "8000-8010");

        assertThat(only(8000)).isEqualTo(new Finding.Good("port 8000", "open to 198.51.100.0/24 by guard in eastus"));
        assertThat(only(8000, 9000)).isInstanceOf(Finding.Bad.class);
    }

    @Test
    void theRuleWithTheLowestNumberCounts() {
        guarded();
        networks.rule(FIREWALL, 300, "Allow", "*", "*");
        networks.rule(FIREWALL, 200, "Deny", "Internet", "8000");
        assertThat(only(8000)).isInstanceOf(Finding.Bad.class);

        networks.rule(FIREWALL, 100, "Allow", "Internet", "8000");
        assertThat(only(8000)).isInstanceOf(Finding.Good.class);
    }

    @Test
    void theProposedRuleComesBeforeThoseThatAreThere() {
        guarded();
        networks.rule(FIREWALL, 100, "Deny", "203.0.113.0/24", "22");

        assertThat(only(8000))
                .isInstanceOfSatisfying(
                        Finding.Bad.class, closed -> assertThat(closed.remedy()).contains("--priority 101"));
    }

    @Test
    void theSubnetsGroupAndTheInterfacesBothHaveToAdmit() {
        guarded();
        networks.makeFirewall("own-eastus", "eastus");
        networks.rule("own-eastus", 100, "Allow", "*", "8000");
        Map<String, Object> named = Map.of("firewall", "own-{region}");

        assertThat(look(named, "azure/eastus", 8000))
                .anyMatch(found ->
                        found instanceof Finding.Bad bad && bad.detail().equals("closed by guard in eastus"));

        networks.rule(FIREWALL, 100, "Allow", "Internet", "8000");
        assertThat(only(named, 8000))
                .isEqualTo(
                        new Finding.Good("port 8000", "open to *, Internet by guard in eastus, own-eastus in eastus"));
    }

    @Test
    void privateAddressesAreReachedFromTheirOwnNetwork() {
        guarded();

        assertThat(look(Map.of("public_address", false), "azure/eastus", 8000))
                .containsExactly(
                        new Finding.Good("addresses", "private, as public_address says: reached from inside only"),
                        new Finding.Good("port 8000", "open to VirtualNetwork by guard in eastus"));
    }

    @Test
    void aNetworkThatIsNotThereIsNamedAndHowToMakeIt() {
        networks.remove(NETWORK);

        assertThat(only(8000)).isInstanceOfSatisfying(Finding.Bad.class, lack -> {
            assertThat(lack.detail())
                    .isEqualTo("no virtual network skyhedge-eastus in resource group skyhedge: nothing"
                            + " can be launched there");
            assertThat(lack.remedy())
                    .contains("az network vnet create --resource-group skyhedge --name skyhedge-eastus"
                            + " --location eastus --subnet-name default");
        });
    }

    @Test
    void aNetworkOfOneRegionIsNotThereForAnother() {
        assertThat(look(Map.of("network", NETWORK), "azure/westeurope", 8000))
                .anyMatch(found -> found instanceof Finding.Bad bad
                        && bad.detail()
                                .equals("virtual network skyhedge-eastus is in eastus, not in westeurope: nothing can"
                                        + " be launched there"));
    }

    @Test
    void aSubnetAndASecurityGroupThatAreNotThereAreNamed() {
        assertThat(only(Map.of("subnet", "gpus"), 8000).detail())
                .startsWith("no subnet gpus in virtual network skyhedge-eastus");
        assertThat(only(Map.of("firewall", "none"), 8000).detail())
                .startsWith("no network security group none in resource group skyhedge");
    }

    @Test
    void aNetworkThatIsNotThereRefusesTheLaunchThatItWasSaidToRefuse() {
        networks.remove(NETWORK);

        assertThat(failure(harness.provider().launch(harness.request(harness.onDemandOffer(), "lineage-a", 1))))
                .isInstanceOfSatisfying(
                        Failure.InvalidRequest.class,
                        refused -> assertThat(refused.message()).contains("virtualNetworks/skyhedge-eastus"));
    }

    @Test
    void whatMayNotBeReadIsSaidOnceAndNotTakenForClosed() {
        harness.fake().fault("VirtualNetworks.Get", new Fault.Refused(403, "AuthorizationFailed", "No permission"));
        harness.fake().fault("VirtualNetworks.Get", new Fault.Refused(403, "AuthorizationFailed", "No permission"));

        assertThat(look(Map.of("regions", List.of("eastus", "westeurope")), "azure", 8000))
                .singleElement()
                .isInstanceOfSatisfying(Finding.Notable.class, notable -> {
                    assertThat(notable.detail()).contains("eastus, westeurope");
                    assertThat(notable.remedy()).contains("Microsoft.Network/networkSecurityGroups/read");
                });
    }
}
