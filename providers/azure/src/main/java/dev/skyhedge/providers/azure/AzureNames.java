package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.LocationPattern;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How Azure writes places and names. A zone is a digit within its region; a machine in a region without
/// zones, or of a size that is not sold by zone, is in the zone that we call `regional`.
final class AzureNames {
    static final String CLOUD = "azure";

    /// Our word for no zone in particular.
    static final String REGIONAL = "regional";

    /// Our word for the region of a machine that does not say where it is.
    static final String UNKNOWN_REGION = "unknown";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String GROUP_PREFIX = "skyhedge-";
    private static final int LONGEST_GROUP = 90;

    private AzureNames() {}

    /// The resource group of a lineage, unless the settings name one for all.
    static String groupOf(String lineage) {
        String group = GROUP_PREFIX + CloudTags.encode(lineage);
        return group.substring(0, Math.min(group.length(), LONGEST_GROUP));
    }

    /// A region as its name has it: `East US` is the same as `eastus`.
    static String region(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    /// Whether a region or a zone can be called so; nothing cannot.
    static boolean isName(@Nullable String text) {
        return text != null && NAME.matcher(text).matches();
    }

    static LocationPattern everywhere() {
        return LocationPattern.parse(CLOUD);
    }
}
