package dev.skyhedge.balancer.keys;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// One request by a key, or by nobody where none is asked for: what its answer tells of tokens is charged to the key's
/// account at its end. Thread-safe.
public final class KeyUse {
    private static final int OK = 200;

    /// Keeps nothing of any request, so one is enough.
    private static final KeyUse NONE = new KeyUse(null);

    private final @Nullable KeyAccount account;
    private volatile @Nullable UsageScan usage;

    private KeyUse(@Nullable KeyAccount account) {
        this.account = account;
    }

    /// Of a request that needs no key.
    public static KeyUse none() {
        return NONE;
    }

    /// Of a request that has begun on this account.
    public static KeyUse of(KeyAccount account) {
        return new KeyUse(account);
    }

    /// Whether the request brought a key, which is ours and not the replica's.
    public boolean isKeyed() {
        return account != null;
    }

    /// An answer begins.
    public void answers(int status, HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (account != null
                && status == OK
                && type != null
                && (type.startsWith("application/json") || type.startsWith("text/event-stream"))
                && !headers.contains(HttpHeader.CONTENT_ENCODING)) {
            usage = new UsageScan();
        }
    }

    /// A part of it passes.
    public void passes(ByteBuffer part) {
        UsageScan scan = usage;
        if (scan != null) {
            scan.look(part);
        }
    }

    /// The request is over. Called once.
    public void end() {
        UsageScan scan = usage;
        if (account != null) {
            account.ended(scan == null ? 0 : scan.prompt(), scan == null ? 0 : scan.completion());
        }
    }
}
