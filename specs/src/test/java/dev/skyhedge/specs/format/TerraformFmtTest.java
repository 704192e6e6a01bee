package dev.skyhedge.specs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same layout as `terraform fmt`, where there is one.
class TerraformFmtTest {
    private static final List<String> CASES = List.of(
            "f = max( 1,2 )+1\n",
            "a=1\nbcd   =   2 # one\nef = [1,2,\n3]\ng = 4   // two\n   # com\nzz = \"${var.x}\"\nq = \"a${ var.x+1 }b\"\n",
            "u = -1 - -2\nn = !a\nls = var.l[ 0 ].x [ * ].y\nsp=var.l.*.x\n",
            "call = f(\n1,\n2\n)\nobj = {\na = 1\nbbb = 2\n\"c d\" = 3\n(x) = 4\ne : 5\n}\n",
            "nested = [{\na = 1\n},{\nb = 2\n}]\nhd = <<EOT\n  x\n y\nEOT\nafter = 1\n\n\nx = 1\n",
            "e {}\ne2 { a=1 }\ne3 {\n\na = 1\n\n}\nlast = 1 /* c */\nm = /* c */ 1\nc1 = 1 # c\nlong_name = 2 # d\n",
            "mm = [ for x in y: x if z ]\ntup = [ 1 , 2 ]\ncond = (a) ? b : c\npar = ( 1+2 )*3\nes = f( x... )\nee = {}\nel = [ ]\n",
            "d = \"%{ if a }x%{ else }y%{ endif }\"\nneg = [-1, - 2]\nifx = a && !b||c\nvariable a b { }\n",
            "a = {for k in x: k => -1}\nb = \"${-1}\"\nc = [for x in -y : -x if -z]\n",
            "c = [\"${x}\"]\nd = \"${ { a = 1 } }\"\n",
            "blk {\n a = <<EOT\n x ${ { a = 1 } }\nEOT\n b = 1 /* x\n y */\n /* a\n b */\n}\n",
            "foo = bar(1,{\n a = 1\n})\nx = (\n 1 +\n  2)\nu = \"x\" == \"y\"\ni = [for x in (y) : x if (z)]\n",
            "é = \"ü\" # x\nab = 1 # y\n");

    private static boolean isThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "terraform")));
    }

    @Test
    void isWhatTerraformMakesOfIt(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(isThere(), "terraform is not on the PATH");
        List<String> cases = new ArrayList<>(CASES);
        try (Stream<Path> examples = Files.list(Path.of("examples"))) {
            for (Path example :
                    examples.filter(p -> p.toString().endsWith(".hcl")).toList()) {
                String text = Files.readString(example);
                cases.add(text);
                cases.add(text.replaceAll("(?m)^ +", "").replaceAll(" *= *", "="));
            }
        }
        for (int i = 0; i < cases.size(); i++) {
            Files.writeString(directory.resolve(i + ".tf"), cases.get(i));
        }

        terraform(directory);

        for (int i = 0; i < cases.size(); i++) {
            String theirs = Files.readString(directory.resolve(i + ".tf"));
            assertThat(SpecFormatTest.format(cases.get(i))).as(cases.get(i)).isEqualTo(theirs);
        }
    }

    private static void terraform(Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("terraform", "fmt", ".").directory(directory.toFile());
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("log")))
                .isZero();
    }
}
