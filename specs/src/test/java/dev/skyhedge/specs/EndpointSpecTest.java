package dev.skyhedge.specs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSpecTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8080",
        "0.0.0.0, http://127.0.0.1:8080",
        "::1, http://[::1]:8080",
        "[::1], http://[::1]:8080",
        "::, http://[::1]:8080",
        "fe80::1, http://[fe80::1]:8080",
        "localhost, http://localhost:8080"
    })
    void anAddressIsWrittenAsAClientCanUseIt(String host, String url) {
        assertThat(EndpointSpec.url(host, 8080, false)).isEqualTo(url);
    }
}
