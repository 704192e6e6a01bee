package dev.skyhedge.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Who may read. Whoever knows the token, if there is one; it comes in a header and never in an address, which logs
/// and histories keep.
final class Access {
    private static final String BEARER = "Bearer ";

    private final Optional<byte[]> token;

    Access(Optional<String> token) {
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    boolean permits(Request request) {
        @Nullable String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return token.isEmpty()
                || given != null
                        && given.startsWith(BEARER)
                        && MessageDigest.isEqual(
                                token.get(), given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8));
    }
}
