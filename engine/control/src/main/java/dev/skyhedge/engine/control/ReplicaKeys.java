package dev.skyhedge.engine.control;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue.SecretReference;
import dev.skyhedge.spi.Entrance;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys of replicas, and their certificates. What is made is made of its launch's token, signed with a key that
/// only servers have (HMAC-SHA256, RFC 2104): nothing is stored for a launch, a repeated launch carries the same, and
/// what one machine holds opens no other. Thread-safe.
public final class ReplicaKeys {
    /// Fewer bytes than this can be guessed.
    public static final int LEAST_KEY_BYTES = 16;

    static final String ALGORITHM = "HmacSHA256";
    /// Says what is signed, so that no other signature by the same key is a replica's key.
    private static final String PURPOSE = "replica key 1\n";

    private static final String CERTIFICATE = "replica certificate 1\n";
    /// What may stand in an `Authorization` header by itself (`token68` of RFC 9110), and in configuration files
    /// without meaning anything else.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~+/=-]{15,511}");

    private static final String NO_KEY = "there is no key to make keys with";
    /// Making one takes longer than all else, and they are asked for whenever routes change.
    private static final int MOST_KEPT = 10_000;

    private final Map<IdempotencyToken, LaunchCertificate> certificates =
            Collections.synchronizedMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<IdempotencyToken, LaunchCertificate> eldest) {
                    return size() > MOST_KEPT;
                }
            });
    private final Optional<SecretKeySpec> key;
    private final Secrets secrets;

    private ReplicaKeys(Optional<SecretKeySpec> key, Map<String, String> environment) {
        this.key = key;
        this.secrets = new Secrets(environment);
    }

    /// @param key the secret that keys are made with; servers that follow each other on one state share it
    /// @param environment where `secret("env:…")` is read from
    public static ReplicaKeys of(byte[] key, Map<String, String> environment) {
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("A key has at least " + LEAST_KEY_BYTES + " bytes");
        }
        return new ReplicaKeys(Optional.of(new SecretKeySpec(key, ALGORITHM)), environment);
    }

    /// Where no key has to be made.
    public static ReplicaKeys givenOnly(Map<String, String> environment) {
        return new ReplicaKeys(Optional.empty(), environment);
    }

    /// What a request has to bring to get into a replica.
    ///
    /// @param token of its launch
    public Credentials credentials(AccessSpec access, IdempotencyToken token) {
        if (!access.hasKey()) {
            return Credentials.NONE;
        }
        return switch (key(access, token)) {
            case Outcome.Done<String>(String found) -> {
                Credentials plain = Credentials.of(header(access.header(), found));
                yield access.tls()
                        ? certificate(token)
                                .map(made -> plain.over(made.certificate()))
                                .orElseGet(() -> Credentials.missing(NO_KEY))
                        : plain;
            }
            case Outcome.Failed<String>(Failure failure) -> Credentials.missing(failure.message());
        };
    }

    private static Credentials.Header header(String name, String key) {
        return new Credentials.Header(name, name.equalsIgnoreCase(AccessSpec.DEFAULT_HEADER) ? "Bearer " + key : key);
    }

    /// The workload with the key in the variable where it looks for it, and with what stands in front of it.
    ///
    /// @param token of its launch
    Outcome<Workload> into(Workload workload, AccessSpec access, IdempotencyToken token) {
        if (!access.hasKey()) {
            return Outcome.done(workload);
        }
        if (access.tls() && key.isEmpty()) {
            return Outcome.failed(new Failure.InvalidRequest(NO_KEY));
        }
        return key(access, token).map(found -> {
            SequencedMap<String, String> environment = new LinkedHashMap<>(workload.environment());
            access.keyEnv().ifPresent(name -> environment.put(name, found));
            return new Workload(
                    workload.image(), workload.command(), workload.port(), environment, entrance(access, token, found));
        });
    }

    private Optional<Entrance> entrance(AccessSpec access, IdempotencyToken token, String found) {
        if (!access.tls()) {
            return Optional.empty();
        }
        Credentials.Header header = header(access.header(), found);
        return certificate(token)
                .map(made -> new Entrance(made.certificatePem(), made.privateKeyPem(), header.name(), header.value()));
    }

    private Optional<LaunchCertificate> certificate(IdempotencyToken token) {
        return key.map(secret -> certificates.computeIfAbsent(
                token, _ -> LaunchCertificate.of(signed(secret, CERTIFICATE + token.value()))));
    }

    private Outcome<String> key(AccessSpec access, IdempotencyToken token) {
        return access.key().map(this::given).orElseGet(() -> made(token));
    }

    private Outcome<String> given(SecretReference reference) {
        return switch (secrets.read(reference.reference())) {
            case Outcome.Done<String>(String text) when KEY.matcher(text).matches() -> Outcome.done(text);
            case Outcome.Done<String> _ ->
                Outcome.failed(new Failure.InvalidRequest("secret(\"" + reference.reference()
                        + "\") cannot be a key: 16 to 512 letters, digits and ._~+/=- are, with a letter or digit"
                        + " first"));
            case Outcome.Failed<String> failed -> failed;
        };
    }

    private Outcome<String> made(IdempotencyToken token) {
        return key.map(secret -> Outcome.done(HexFormat.of().formatHex(signed(secret, PURPOSE + token.value()))))
                .orElseGet(() -> Outcome.failed(new Failure.InvalidRequest(NO_KEY)));
    }

    static byte[] signed(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /// Hides the key.
    @Override
    public String toString() {
        return "ReplicaKeys[made=" + key.isPresent() + "]";
    }
}
