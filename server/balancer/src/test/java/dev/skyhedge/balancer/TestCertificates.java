package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// An authority and what it signs, made with the JDK's keytool.
final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path file;

    /// @param directory for the store of keys
    TestCertificates(Path directory) throws Exception {
        file = directory.resolve("certificates.p12");
        keytool("-alias", "ca", "-dname", "CN=authority", "-keyalg", "EC", "-ext", "bc:c");
    }

    /// Signs a certificate for this machine.
    ///
    /// @param algorithm `RSA`, `EC` or `Ed25519`
    TestCertificates sign(String alias, String algorithm) throws Exception {
        keytool(
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                algorithm,
                "-signer",
                "ca",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        return this;
    }

    private void keytool(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-validity",
                "30"));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private KeyStore store() throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    X509Certificate certificate(String alias) throws Exception {
        return (X509Certificate) store().getCertificate(alias);
    }

    /// What a balancer shows.
    ServerTls server(String alias) throws Exception {
        return server(alias, List.of());
    }

    ServerTls server(String alias, List<X509Certificate> clientAuthorities) throws Exception {
        KeyStore store = store();
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate one : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) one);
        }
        return new ServerTls(chain, (PrivateKey) store.getKey(alias, PASSWORD.toCharArray()), clientAuthorities);
    }

    /// Trusts the authority, and shows nothing.
    SSLContext stranger() throws Exception {
        return client(null);
    }

    /// Trusts the authority, and shows this certificate.
    SSLContext client(@Nullable String alias) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(alias == null ? null : keys(alias), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private KeyManager[] keys(String alias) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        KeyStore store = store();
        own.setKeyEntry(
                alias,
                store.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                store.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        return keys.getKeyManagers();
    }
}
