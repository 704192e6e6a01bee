package dev.skyhedge.providers.gcp.fake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Timestamps as Compute Engine writes them: Pacific time with milliseconds and an offset, never `Z`.
final class Rfc3339 {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.ofHours(-8));

    private Rfc3339() {}

    static String of(Instant instant) {
        return FORMAT.format(instant);
    }
}
