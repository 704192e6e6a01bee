package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/// What an instance wrote to its serial console: the last 64 KB of its boot and, since the boot script writes
/// there too, of its workload. EC2 keeps it for an hour after the end.
final class ConsoleLog {
    private ConsoleLog() {}

    static Outcome<LogPage> read(Ec2Calls calls, String id, String region, long offset, int maxBytes) {
        Outcome<byte[]> answer = calls.read(
                region,
                ec2 -> Base64.getMimeDecoder()
                        .decode(Objects.toString(
                                ec2.getConsoleOutput(one -> one.instanceId(id)).output(), "")));
        return answer.map(all -> {
            int start = (int) Math.clamp(offset < 0 ? all.length + offset : offset, 0, all.length);
            int end = (int) Math.min(all.length, start + (long) Math.max(0, maxBytes));
            return new LogPage(new String(all, start, end - start, StandardCharsets.UTF_8), end, false);
        });
    }
}
