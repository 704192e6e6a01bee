package dev.skyhedge.providers.cloud.settings;

import dev.skyhedge.spi.SettingProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings that every cloud has.
///
/// | setting | meaning | default |
/// |---|---|---|
/// | `endpoint` | another address than the cloud's own | the real cloud |
/// | `metadata_endpoint` | another address of the metadata service | the cloud's own |
/// | `insecure` | plain http to another machine is accepted | `false` |
/// | `regions` | regions to use | each plugin's own |
/// | `image` | machine image to boot | each plugin's own |
/// | `disk_gb` | size of the boot disk | 100 |
/// | `network`, `subnet` | where instances are attached | the account's default |
/// | `firewall` | security group, or network tag | the account's default |
/// | `identity` | instance profile, service account or managed identity | none |
/// | `ssh_key` | name or text of a key that may log in | none |
/// | `notices_url` | where instances report; read by the engine, which hands it out with each launch | none |
///
/// @param endpoint where the cloud is
/// @param regions regions to use; empty means the plugin's own choice
/// @param image machine image; empty means the plugin's own choice
/// @param diskGb size of the boot disk in GB
/// @param network network that instances join
/// @param subnet subnet that instances join
/// @param firewall security group or network tag
/// @param identity what instances may do in the cloud
/// @param sshKey who may log in
public record CloudSettings(
        CloudEndpoint endpoint,
        List<String> regions,
        Optional<String> image,
        int diskGb,
        Optional<String> network,
        Optional<String> subnet,
        Optional<String> firewall,
        Optional<String> identity,
        Optional<String> sshKey) {
    /// All of them, in the order in which they are documented. A plugin adds its own.
    public static final List<String> NAMES = List.of(
            "endpoint",
            "metadata_endpoint",
            "insecure",
            "regions",
            "image",
            "disk_gb",
            "network",
            "subnet",
            "firewall",
            "identity",
            "ssh_key",
            "notices_url");

    private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9-]{1,62}");
    private static final int DEFAULT_DISK_GB = 100;
    private static final int LARGEST_DISK_GB = 16_384;

    public CloudSettings {
        regions = List.copyOf(regions);
    }

    /// Reads them; problems are left in the reader, from which a plugin then reads its own settings.
    ///
    /// @param provider name of the cloud, which the variables that win over the spec carry:
    ///     `SKYHEDGE_AWS_ENDPOINT`, `SKYHEDGE_AWS_METADATA_ENDPOINT`
    /// @param environment the environment's variables
    public static CloudSettings read(String provider, SettingReader reader, Map<String, String> environment) {
        reader.text("notices_url").ifPresent(url -> reader.address("notices_url", url));
        return new CloudSettings(
                CloudEndpoint.read(reader, provider, environment),
                reader.texts("regions", REGION, "\"us-east-1\""),
                reader.text("image"),
                reader.whole("disk_gb", DEFAULT_DISK_GB, 8, LARGEST_DISK_GB),
                reader.text("network"),
                reader.text("subnet"),
                reader.text("firewall"),
                reader.text("identity"),
                reader.text("ssh_key"));
    }

    /// A problem for each setting that the plugin does not know.
    ///
    /// @param names every setting that the plugin knows
    public static List<SettingProblem> unknown(Map<String, Object> values, List<String> names) {
        return values.keySet().stream()
                .filter(name -> !names.contains(name))
                .map(name -> new SettingProblem(name, "unknown setting", "Known are " + String.join(", ", names) + "."))
                .toList();
    }
}
