package dev.skyhedge.engine.control;

import java.security.cert.X509Certificate;
import java.util.Optional;

/// What a request has to bring to get into one replica.
///
/// @param header carries the key; empty if whoever reaches the replica may ask it
/// @param certificate the one that the replica has to have, by TLS; empty for plain HTTP
/// @param missing why there is no key although one is asked for; empty if nothing is missing
public record Credentials(Optional<Header> header, Optional<X509Certificate> certificate, Optional<String> missing) {
    /// Nothing is asked for.
    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

    /// A request header.
    ///
    /// @param value a secret
    public record Header(String name, String value) {
        /// Hides the value.
        @Override
        public String toString() {
            return "Header[name=" + name + "]";
        }
    }

    static Credentials of(Header header) {
        return new Credentials(Optional.of(header), Optional.empty(), Optional.empty());
    }

    /// The same by TLS.
    Credentials over(X509Certificate only) {
        return new Credentials(header, Optional.of(only), missing);
    }

    /// Names the header and whether there is TLS.
    @Override
    public String toString() {
        return "Credentials[header=" + header + ", tls=" + certificate.isPresent() + ", missing=" + missing + "]";
    }

    static Credentials missing(String why) {
        return new Credentials(Optional.empty(), Optional.empty(), Optional.of(why));
    }
}
