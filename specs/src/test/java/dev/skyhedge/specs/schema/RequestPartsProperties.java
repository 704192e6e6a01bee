package dev.skyhedge.specs.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

/// A path that is taken can be asked for, and one that is not is taken as the remedy writes it.
class RequestPartsProperties {
    @Property
    void whateverIsTakenMakesAnAddress(@ForAll @CharRange(from = ' ', to = '\u0100') String text) {
        String path = "/" + text;
        String taken = RequestParts.pathProblem(path)
                .map(problem -> problem.substring(problem.indexOf('"') + 1, problem.lastIndexOf('"')))
                .orElse(path);

        URI uri = URI.create("http://127.0.0.1:80" + taken);

        assertThat(RequestParts.pathProblem(taken)).isEmpty();
        assertThat(uri.getPort()).isEqualTo(80);
        assertThat(uri.getRawFragment()).isNull();
    }
}
