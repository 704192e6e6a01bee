package dev.skyhedge.spi;

import java.net.URI;

/// Where an instance reports what its cloud tells it, and with what right. Derived from the launch's token, so
/// that a repeated launch carries the same.
///
/// @param url takes `POST` of a notice, `http` or `https`
/// @param authorization value of the `Authorization` header; good for this launch only, and a secret
public record NoticeAddress(URI url, String authorization) {
    public NoticeAddress {
        String scheme = url.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
            throw new IllegalArgumentException("Notices go to an http or https URL, not \"" + url + "\"");
        }
        if (authorization.isEmpty() || authorization.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("An authorization is one line of printable ASCII");
        }
    }

    /// Hides the authorization.
    @Override
    public String toString() {
        return "NoticeAddress[url=" + url + "]";
    }
}
