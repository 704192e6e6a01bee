package dev.skyhedge.spi;

/// What stands in front of a workload on its machine: TLS with a certificate of this launch, and a check of a key.
/// Derived from the launch's token, so that a repeated launch carries the same.
///
/// @param certificate in PEM; the only one that whoever asks the workload trusts
/// @param privateKey of the certificate, in PEM (PKCS 8); a secret
/// @param header the request header that carries the key: letters, digits and `-`
/// @param value what it has to say, without quotes, `$` and backslashes; a secret
public record Entrance(String certificate, String privateKey, String header, String value) {
    public Entrance {
        if (!header.matches("[A-Za-z0-9-]+") || !value.matches("[A-Za-z0-9._~+/= -]+")) {
            throw new IllegalArgumentException("Not a header that a proxy can be told to ask for: " + header);
        }
    }

    /// Hides all that is secret.
    @Override
    public String toString() {
        return "Entrance[header=" + header + "]";
    }
}
