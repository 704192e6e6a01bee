package dev.skyhedge.balancer;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// What a balancer shows its clients to be who it is, and whom it takes for a client. Two with
/// equal certificates and keys are equal.
///
/// @param chain the balancer's certificate first, then those that signed it; not empty
/// @param key private key of the first of them
/// @param clientAuthorities who signs the certificates of clients, without which nobody gets in;
///     empty: clients need none
public record ServerTls(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {
    private static final int PASSWORD_BYTES = 16;
    private static final byte[] PROOF = {1};

    public ServerTls {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a server has a certificate");
        }
        chain = List.copyOf(chain);
        clientAuthorities = List.copyOf(clientAuthorities);
    }

    /// Whether clients have to show a certificate.
    public boolean asksClients() {
        return !clientAuthorities.isEmpty();
    }

    /// Whether the key is that of the certificate. The JDK itself asks this nowhere; clients would.
    public boolean isKeyOfCertificate() {
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(PROOF);
            byte[] signed = signature.sign();
            signature.initVerify(chain.getFirst().getPublicKey());
            signature.update(PROOF);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKinds) {
            return false;
        }
    }

    /// What makes the engines of connections.
    ///
    /// @throws GeneralSecurityException if the key does not go with the certificate, or this Java
    ///     does not have its kind
    SSLContext context() throws GeneralSecurityException {
        if (!isKeyOfCertificate()) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), asksClients() ? trustManagers() : null, new SecureRandom());
        return context;
    }

    private KeyManager[] keyManagers() throws GeneralSecurityException {
        // A store of keys wants a password, even where nobody ever writes it down.
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        char[] password = HexFormat.of().formatHex(random).toCharArray();
        try {
            KeyStore store = empty();
            store.setKeyEntry("server", key, password, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return keys.getKeyManagers();
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private TrustManager[] trustManagers() throws GeneralSecurityException {
        KeyStore store = empty();
        for (int i = 0; i < clientAuthorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, clientAuthorities.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty store of keys could not be made", e);
        }
    }

    /// Hides the key.
    @Override
    public String toString() {
        return "ServerTls[" + chain.getFirst().getSubjectX500Principal() + (asksClients() ? ", asks clients" : "")
                + "]";
    }
}
