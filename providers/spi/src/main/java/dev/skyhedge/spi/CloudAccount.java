package dev.skyhedge.spi;

/// Which cloud a provider talks to, as far as it matters for finding its instances again.
///
/// @param endpoint the overridden endpoint; empty if it is the cloud's own
/// @param account account, project or subscription; empty if it is not known
public record CloudAccount(String endpoint, String account) {
    /// Of a provider that has neither.
    public static final CloudAccount NONE = new CloudAccount("", "");

    /// For people.
    @Override
    public String toString() {
        String who = account.isEmpty() ? "an unnamed account" : account;
        return endpoint.isEmpty() ? who : who + " at " + endpoint;
    }
}
