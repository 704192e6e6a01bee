package dev.skyhedge.engine.control;

import java.util.Optional;

/// What a request has to bring to get into one replica.
///
/// @param header carries the key; empty if whoever reaches the replica may ask it
/// @param missing why there is no key although one is asked for; empty if nothing is missing
public record Credentials(Optional<Header> header, Optional<String> missing) {
    /// Nothing is asked for.
    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

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
        return new Credentials(Optional.of(header), Optional.empty());
    }

    static Credentials missing(String why) {
        return new Credentials(Optional.empty(), Optional.of(why));
    }
}
