package dev.skyhedge.providers.aws.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// `MaxResults` and `NextToken` of a describing call.
///
/// @param size items of a page
/// @param offset items before this page
record Paging(int size, int offset) {
    private static final int MIN = 5;
    private static final int MAX = 1000;

    static Paging read(Form form) {
        Optional<Integer> size = form.number("MaxResults");
        if (size.isPresent() && (size.get() < MIN || size.get() > MAX)) {
            throw Ec2Error.invalidValue("Value ( " + size.get() + " ) for parameter maxResults is invalid. Expecting a"
                    + " value between " + MIN + " and " + MAX + ".");
        }
        int offset = form.text("NextToken")
                .filter(t -> !t.isEmpty())
                .map(Paging::decode)
                .orElse(0);
        return new Paging(size.orElse(MAX), offset);
    }

    private static int decode(String token) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring("page ".length()));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw Ec2Error.badRequest("InvalidNextToken", "The token '" + token + "' is invalid");
        }
    }

    <T> List<T> page(List<T> all) {
        return all.subList(Math.min(offset, all.size()), Math.min(offset + size, all.size()));
    }

    /// The token of the page after this one; empty at the end.
    Optional<String> next(List<?> all) {
        if (offset + size >= all.size()) {
            return Optional.empty();
        }
        String text = "page " + (offset + size);
        return Optional.of(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }
}
