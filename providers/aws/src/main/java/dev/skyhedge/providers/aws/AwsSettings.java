package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.providers.cloud.settings.CloudSettings;
import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.spi.SettingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings of `provider "aws"`: those of every cloud, and
///
/// | setting | meaning | default |
/// |---|---|---|
/// | `images` | machine image of a region, `{ us-east-1 = "ami-…" }` | `image`, else Amazon's newest with
/// NVIDIA's driver |
/// | `subnets` | subnet of a zone, `{ us-east-1a = "subnet-…" }` | `subnet`, else one of `network`, else the
/// default |
/// | `security_groups` | of a region, `{ us-east-1 = "sg-…" }` | `firewall`, else the network's default |
/// | `public_address` | whether machines get a public address, and are reached there | what the subnet says |
/// | `poll_seconds` | how often to look for changes where instances run | 10 |
///
/// `image`, `subnet` and `firewall` name things of one region; with several regions the objects are needed.
/// `network` is a VPC, `identity` an instance profile, `ssh_key` the name of a key pair.
///
/// @param common settings of every cloud
/// @param images by region
/// @param subnets by zone
/// @param securityGroups by region
/// @param publicAddress whether machines have one; empty if it was not said
/// @param pollSeconds time between two looks
record AwsSettings(
        CloudSettings common,
        Map<String, String> images,
        Map<String, String> subnets,
        Map<String, String> securityGroups,
        Optional<Boolean> publicAddress,
        int pollSeconds) {
    static final List<String> NAMES = Stream.concat(
                    CloudSettings.NAMES.stream(),
                    Stream.of("images", "subnets", "security_groups", "public_address", "poll_seconds"))
            .toList();

    /// Where EC2 is asked what regions there are.
    private static final String DEFAULT_HOME = "us-east-1";

    private static final int DEFAULT_POLL = 10;
    private static final int LONGEST_POLL = 600;
    private static final Pattern IMAGE = Pattern.compile("ami-[0-9a-f]{8,17}");
    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-z]{1,40}");
    private static final Pattern GROUP = Pattern.compile("sg-[0-9a-z]{1,40}");

    /// Settings, or what is wrong with them.
    record Reading(AwsSettings settings, List<SettingProblem> problems) implements CheckedSettings {
        /// What was not said is up to the subnet, and default subnets give one.
        @Override
        public boolean hasPublicAddresses() {
            return settings.publicAddress().orElse(true);
        }
    }

    static Reading read(SequencedMap<String, Object> values, Map<String, String> environment) {
        SettingReader reader = new SettingReader(values);
        CloudSettings common = CloudSettings.read(AwsProviderFactory.NAME, reader, environment);
        AwsSettings settings = new AwsSettings(
                common,
                reader.textMap("images", IMAGE, "us-east-1 = \"ami-0123456789abcdef0\""),
                reader.textMap("subnets", SUBNET, "us-east-1a = \"subnet-0123456789abcdef0\""),
                reader.textMap("security_groups", GROUP, "us-east-1 = \"sg-0123456789abcdef0\""),
                reader.has("public_address") ? Optional.of(reader.flag("public_address", true)) : Optional.empty(),
                reader.whole("poll_seconds", DEFAULT_POLL, 1, LONGEST_POLL));
        settings.checkForms(reader);
        List<SettingProblem> problems = new ArrayList<>(reader.problems());
        problems.addAll(CloudSettings.unknown(values, NAMES));
        return new Reading(settings, problems);
    }

    private void checkForms(SettingReader reader) {
        reader.text("image", IMAGE, "\"ami-0123456789abcdef0\"");
        reader.text("subnet", SUBNET, "\"subnet-0123456789abcdef0\"");
        reader.text("firewall", GROUP, "\"sg-0123456789abcdef0\"");
        if (common.regions().size() != 1) {
            requireOneRegion(reader, "image", "images");
            requireOneRegion(reader, "subnet", "subnets");
            requireOneRegion(reader, "firewall", "security_groups");
            requireOneRegion(reader, "network", "subnets");
        }
    }

    private static void requireOneRegion(SettingReader reader, String one, String many) {
        if (reader.has(one)) {
            reader.wrong(
                    one,
                    "exists in one region only",
                    "Name that region with regions = [\"…\"], or use " + many + " with a value for each.");
        }
    }

    String home() {
        return common.regions().isEmpty() ? DEFAULT_HOME : common.regions().getFirst();
    }

    Optional<String> image(String region) {
        return Optional.ofNullable(images.get(region)).or(common::image);
    }

    Optional<String> subnet(String zone) {
        return Optional.ofNullable(subnets.get(zone)).or(common::subnet);
    }

    Optional<String> securityGroup(String region) {
        return Optional.ofNullable(securityGroups.get(region)).or(common::firewall);
    }
}
