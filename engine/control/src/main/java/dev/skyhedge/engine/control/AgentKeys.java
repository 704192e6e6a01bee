package dev.skyhedge.engine.control;

import dev.skyhedge.spi.IdempotencyToken;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/// What an agent and its controller know each other by, made of the launch's token as [ReplicaKeys] are: nothing is
/// stored, servers that follow each other on one state come to the same, and what one machine holds opens no other.
/// A machine holds its own certificate with its key, the controller's certificate without, and the drain token.
/// Nobody trusts a certificate of a launch that is over.
public final class AgentKeys {
    private static final String AGENT = "agent certificate 1\n";
    private static final String CONTROLLER = "agent controller certificate 1\n";
    private static final String DRAIN = "agent drain token 1\n";

    private final SecretKeySpec key;

    private AgentKeys(SecretKeySpec key) {
        this.key = key;
    }

    /// @param key the secret of the state, of at least [ReplicaKeys#LEAST_KEY_BYTES]
    public static AgentKeys of(byte[] key) {
        if (key.length < ReplicaKeys.LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("A key has at least " + ReplicaKeys.LEAST_KEY_BYTES + " bytes");
        }
        return new AgentKeys(new SecretKeySpec(key, ReplicaKeys.ALGORITHM));
    }

    /// The agent's own.
    public LaunchCertificate agent(IdempotencyToken token) {
        return LaunchCertificate.of(ReplicaKeys.signed(key, AGENT + token.value()));
    }

    /// What the controller shows to this one agent.
    public LaunchCertificate controller(IdempotencyToken token) {
        return LaunchCertificate.of(ReplicaKeys.signed(key, CONTROLLER + token.value()));
    }

    /// What lets who is on the machine say that it is leaving.
    public String drainToken(IdempotencyToken token) {
        return HexFormat.of().formatHex(ReplicaKeys.signed(key, DRAIN + token.value()));
    }

    /// Hides the key.
    @Override
    public String toString() {
        return "AgentKeys[]";
    }
}
