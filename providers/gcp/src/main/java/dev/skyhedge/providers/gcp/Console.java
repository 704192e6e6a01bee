package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.SerialPortOutput;
import dev.skyhedge.spi.LogPage;
import java.nio.charset.StandardCharsets;

/// Reads the serial console. Google keeps its last megabyte and counts its bytes from the first.
final class Console {
    private Console() {}

    /// The first bytes of the output, cut at a character. Whether more will come is not known: a console never
    /// ends.
    static LogPage page(SerialPortOutput output, int maxBytes) {
        byte[] all = output.getContents().getBytes(StandardCharsets.UTF_8);
        if (all.length <= maxBytes) {
            return new LogPage(output.getContents(), Math.max(output.getNext(), output.getStart()), false);
        }
        int end = maxBytes;
        while (end > 0 && (all[end] & 0xC0) == 0x80) {
            end--;
        }
        return new LogPage(new String(all, 0, end, StandardCharsets.UTF_8), output.getStart() + end, false);
    }
}
