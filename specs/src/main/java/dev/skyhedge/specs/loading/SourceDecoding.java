package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Bytes to text: strict UTF-8.
///
/// @param source the text, up to the first byte that is none
/// @param problem what is wrong with the bytes
public record SourceDecoding(Source source, Optional<Diagnostic> problem) {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /// Decodes a file.
    public static SourceDecoding decode(String name, byte[] bytes, Limits limits) {
        if (bytes.length > limits.fileBytes()) {
            Source empty = Source.of(name, "");
            return failed(empty, 0, "Limit exceeded", "A file may have at most " + limits.fileBytes() + " bytes.");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        Source source = Source.of(name, chars.flip().toString());
        if (result.isError()) {
            return failed(
                    source,
                    source.text().length(),
                    "Invalid character encoding",
                    "The file is not encoded in UTF-8: here is a byte that is none of its characters.");
        }
        int mark = source.text().indexOf(BYTE_ORDER_MARK);
        int zero = source.text().indexOf('\0');
        if (mark >= 0 || zero >= 0) {
            return failed(
                    source,
                    Math.max(mark, zero),
                    "Invalid character",
                    "A byte order mark may only stand at the very start of the file, a NUL nowhere.");
        }
        return new SourceDecoding(source, Optional.empty());
    }

    private static SourceDecoding failed(Source source, int at, String summary, String detail) {
        return new SourceDecoding(source, Optional.of(Diagnostic.error(source.range(at, at), summary, detail)));
    }
}
