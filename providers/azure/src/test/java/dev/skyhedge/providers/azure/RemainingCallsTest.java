package dev.skyhedge.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class RemainingCallsTest {
    private final RemainingCalls remaining = new RemainingCalls();

    @Test
    void callsAreScarceBelowATenthOfTheMostThatWasLeft() {
        assertThat(remaining.areScarce(left("Microsoft.Compute/PutVM3Min;825,Microsoft.Compute/PutVM30Min;4200")))
                .isFalse();
        assertThat(remaining.areScarce(left("Microsoft.Compute/PutVM3Min;83,Microsoft.Compute/PutVM30Min;4100")))
                .isFalse();
        assertThat(remaining.areScarce(left("Microsoft.Compute/PutVM3Min;82,Microsoft.Compute/PutVM30Min;4100")))
                .isTrue();
    }

    @Test
    void replyThatDoesNotTellChangesNothing() {
        assertThat(remaining.areScarce(new HttpHeaders())).isFalse();
        assertThat(remaining.areScarce(left("plenty"))).isFalse();
    }

    private static HttpHeaders left(String value) {
        return new HttpHeaders().set(HttpHeaderName.fromString("x-ms-ratelimit-remaining-resource"), value);
    }
}
