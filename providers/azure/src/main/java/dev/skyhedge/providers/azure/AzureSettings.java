package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.providers.cloud.settings.CloudSettings;
import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.spi.SettingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings of this provider: those of every cloud, and
///
/// | setting | meaning | default |
/// |---|---|---|
/// | `subscription` | the subscription that pays | none: it must be given |
/// | `resource_group` | where machines are put | one group for each lineage, made when needed |
/// | `network_group` | resource group of the network | `skyhedge` |
/// | `disk_type` | type of the boot disk | `StandardSSD_LRS` |
/// | `public_address` | whether machines get a public address | `true` |
/// | `poll_seconds` | how often to look for changes | 5 |
///
/// `network`, `subnet` and `firewall` are names within the network group, or resource ids; `{region}` in
/// them stands for the region. Their defaults are `skyhedge-{region}`, `default` and none. `ssh_key` must
/// be given.
///
/// @param cloud the settings of every cloud
/// @param subscription the subscription's id
/// @param group the resource group of all machines; empty for one for each lineage
/// @param machine what is the same for every machine
/// @param pollSeconds time between two looks
/// @param problems what is wrong with them
record AzureSettings(
        CloudSettings cloud,
        String subscription,
        Optional<String> group,
        MachineSettings machine,
        int pollSeconds,
        List<SettingProblem> problems)
        implements CheckedSettings {
    static final List<String> NAMES = Stream.concat(
                    CloudSettings.NAMES.stream(),
                    Stream.of(
                            "subscription",
                            "resource_group",
                            "network_group",
                            "disk_type",
                            "public_address",
                            "poll_seconds"))
            .toList();

    private static final Pattern SUBSCRIPTION = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_()-][A-Za-z0-9_().-]{0,88}[A-Za-z0-9_()-]");
    /// Every look is a call or two for each page of machines.
    private static final int DEFAULT_POLL = 5;

    private static final int LONGEST_POLL = 600;
    private static final Pattern DISK_TYPE = Pattern.compile("[A-Za-z0-9]{1,30}_[A-Z]{3}");
    private static final Pattern SSH_KEY = Pattern.compile("ssh-(rsa|ed25519) [A-Za-z0-9+/=]+( .*)?");
    private static final Pattern IMAGE = Pattern.compile("[^:/]+:[^:/]+:[^:/]+:[^:/]+|/subscriptions/.+");
    private static final String DEFAULT_NETWORK_GROUP = "skyhedge";
    private static final String DEFAULT_NETWORK = "skyhedge-" + MachineSettings.REGION;

    @Override
    public boolean hasPublicAddresses() {
        return machine.publicAddress();
    }

    static AzureSettings read(Map<String, Object> values, Map<String, String> environment) {
        SettingReader reader = new SettingReader(values);
        CloudSettings cloud = CloudSettings.read(AzureNames.CLOUD, reader, environment);
        String subscription =
                required(reader, "subscription", SUBSCRIPTION, "\"00000000-0000-0000-0000-000000000000\"", "that pays");
        String key = required(reader, "ssh_key", SSH_KEY, "\"ssh-ed25519 AAAA…\"", "of whoever may log in");
        cloud.image()
                .filter(image -> !IMAGE.matcher(image).matches())
                .ifPresent(image -> reader.wrong(
                        "image",
                        "\"" + image + "\" is neither publisher:offer:sku:version nor a resource id",
                        "Write image = \"" + MachineSettings.DEFAULT_IMAGE + "\"."));
        String networkGroup =
                reader.text("network_group", GROUP, "\"skyhedge\"").orElse(DEFAULT_NETWORK_GROUP);
        String networks =
                "/subscriptions/" + subscription + "/resourceGroups/" + networkGroup + "/providers/Microsoft.Network/";
        MachineSettings machine = new MachineSettings(
                cloud.image().orElse(MachineSettings.DEFAULT_IMAGE),
                cloud.diskGb(),
                reader.text("disk_type", DISK_TYPE, "\"Premium_LRS\"").orElse(MachineSettings.DEFAULT_DISK_TYPE),
                subnet(cloud, networks),
                cloud.firewall().map(name -> resource(networks + "networkSecurityGroups/", name)),
                reader.flag("public_address", true),
                cloud.identity(),
                key,
                cloud.endpoint().metadata());
        Optional<String> group = reader.text("resource_group", GROUP, "\"acme-ml\"");
        int pollSeconds = reader.whole("poll_seconds", DEFAULT_POLL, 1, LONGEST_POLL);
        List<SettingProblem> problems = new ArrayList<>(reader.problems());
        problems.addAll(CloudSettings.unknown(values, NAMES));
        return new AzureSettings(cloud, subscription, group, machine, pollSeconds, List.copyOf(problems));
    }

    private static String required(SettingReader reader, String name, Pattern form, String example, String which) {
        if (!reader.has(name)) {
            reader.wrong(name, "is missing", "Name the one " + which + ", such as " + name + " = " + example + ".");
        }
        return reader.text(name, form, example).orElse("");
    }

    private static String subnet(CloudSettings cloud, String networks) {
        String network = resource(networks + "virtualNetworks/", cloud.network().orElse(DEFAULT_NETWORK));
        return resource(network + "/subnets/", cloud.subnet().orElse("default"));
    }

    private static String resource(String prefix, String nameOrId) {
        return nameOrId.startsWith("/") ? nameOrId : prefix + nameOrId;
    }

    /// Where the machines of this lineage are.
    String groupOf(String lineage) {
        return group.orElseGet(() -> AzureNames.groupOf(lineage));
    }
}
