package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.providers.cloud.settings.CloudSettings;
import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.spi.SettingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings of this provider: those of every cloud, and
///
/// | setting | meaning | default |
/// |---|---|---|
/// | `project` | the project that pays | none: it must be given |
/// | `disk_type` | type of the boot disk | `pd-balanced` |
/// | `public_address` | whether machines get a public address | `true` |
/// | `poll_seconds` | how often to look for changes | 5 |
///
/// @param cloud the settings of every cloud
/// @param project the project
/// @param machine what is the same for every machine
/// @param pollSeconds time between two looks
/// @param problems what is wrong with them
record GcpSettings(
        CloudSettings cloud, String project, MachineSettings machine, int pollSeconds, List<SettingProblem> problems)
        implements CheckedSettings {
    static final List<String> NAMES = Stream.concat(
                    CloudSettings.NAMES.stream(), Stream.of("project", "disk_type", "public_address", "poll_seconds"))
            .toList();

    /// A project's id, perhaps within a domain.
    private static final Pattern PROJECT = Pattern.compile("([a-z0-9.-]+:)?[a-z][a-z0-9-]{2,62}");

    /// Every look is a call or two for each page of machines.
    private static final int DEFAULT_POLL = 5;

    private static final int LONGEST_POLL = 600;
    private static final Pattern DISK_TYPE = Pattern.compile("[a-z][a-z0-9-]{1,62}");

    @Override
    public boolean hasPublicAddresses() {
        return machine.publicAddress();
    }

    static GcpSettings read(Map<String, Object> values, Map<String, String> environment) {
        SettingReader reader = new SettingReader(values);
        CloudSettings cloud = CloudSettings.read(GoogleNames.CLOUD, reader, environment);
        String project = reader.text("project", PROJECT, "\"acme-ml\"").orElse("");
        if (!reader.has("project")) {
            reader.wrong("project", "is missing", "Name the project that pays, such as project = \"acme-ml\".");
        }
        MachineSettings machine = new MachineSettings(
                cloud.image().orElse(MachineSettings.DEFAULT_IMAGE),
                cloud.diskGb(),
                reader.text("disk_type", DISK_TYPE, "\"pd-ssd\"").orElse(MachineSettings.DEFAULT_DISK_TYPE),
                cloud.network().orElse(MachineSettings.DEFAULT_NETWORK),
                cloud.subnet(),
                cloud.firewall().orElse(MachineSettings.DEFAULT_NETWORK_TAG),
                reader.flag("public_address", true),
                cloud.identity(),
                cloud.sshKey(),
                cloud.endpoint().metadata());
        int pollSeconds = reader.whole("poll_seconds", DEFAULT_POLL, 1, LONGEST_POLL);
        List<SettingProblem> problems = new ArrayList<>(reader.problems());
        problems.addAll(CloudSettings.unknown(values, NAMES));
        return new GcpSettings(cloud, project, machine, pollSeconds, List.copyOf(problems));
    }
}
