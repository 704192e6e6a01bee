package dev.skyhedge.providers.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Watches how many calls Azure says are left, so that we slow down before it refuses. Thread-safe.
///
/// A reply carries `x-ms-ratelimit-remaining-resource:
/// Microsoft.Compute/PutVM3Min;825,Microsoft.Compute/PutVM30Min;4200`.
final class RemainingCalls {
    /// Below this share of the most that was ever left, calls are scarce.
    private static final double SCARCE_SHARE = 0.1;

    private static final int MAX_POLICIES = 100;
    private static final HttpHeaderName HEADER = HttpHeaderName.fromString("x-ms-ratelimit-remaining-resource");
    private static final Pattern ENTRY = Pattern.compile("Microsoft\\.Compute/([A-Za-z0-9]{1,60});([0-9]{1,9})");

    private final Map<String, Integer> most = new ConcurrentHashMap<>();

    /// Whether one of the policies that a reply names is nearly used up.
    boolean areScarce(HttpHeaders headers) {
        String value = headers.getValue(HEADER);
        boolean scarce = false;
        if (value != null && most.size() < MAX_POLICIES) {
            for (Matcher entry = ENTRY.matcher(value); entry.find(); ) {
                int left = Integer.parseInt(entry.group(2));
                int highest = most.merge(entry.group(1), left, Math::max);
                scarce |= left < highest * SCARCE_SHARE;
            }
        }
        return scarce;
    }
}
