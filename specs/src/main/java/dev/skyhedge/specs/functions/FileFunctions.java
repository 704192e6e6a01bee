package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.FILES;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Base64;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Functions of the files below the root directory of the spec, and of paths.
final class FileFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            function(FILES, "abspath")
                    .takes("path", Type.STRING)
                    .returns(Type.STRING)
                    .does("The absolute path of a path from the root directory of the spec.")
                    .example("abspath(\"/data/../models\")", "\"/models\"")
                    .as(FileFunctions::absolute),
            function(FILES, "basename")
                    .takes("path", Type.STRING)
                    .returns(Type.STRING)
                    .does("The last part of the path.")
                    .example("basename(\"models/chat.gguf\")", "\"chat.gguf\"")
                    .as(arguments -> Value.of(Paths.base(arguments.text(0)))),
            function(FILES, "dirname")
                    .takes("path", Type.STRING)
                    .returns(Type.STRING)
                    .does("The path without its last part.")
                    .example("dirname(\"models/chat.gguf\")", "\"models\"")
                    .as(arguments -> Value.of(Paths.directory(arguments.text(0)))),
            function(FILES, "file")
                    .takes("path", Type.STRING)
                    .returns(Type.STRING)
                    .does(
                            "The content of a file below the root directory of the spec, which must be UTF-8 text of 1 MiB"
                                    + " at most.")
                    .as(arguments -> Value.of(text(arguments))),
            function(FILES, "filebase64")
                    .takes("path", Type.STRING)
                    .returns(Type.STRING)
                    .does("The bytes of a file below the root directory of the spec in Base64.")
                    .as(arguments -> Value.of(Base64.getEncoder().encodeToString(bytes(arguments)))),
            function(FILES, "fileexists")
                    .takes("path", Type.STRING)
                    .returns(Type.BOOL)
                    .does("Whether there is such a file below the root directory of the spec.")
                    .as(arguments -> Value.of(arguments.surroundings().files().exists(arguments.text(0)))),
            function(FILES, "filesha256")
                    .takes("path", Type.STRING)
                    .returns(Type.STRING)
                    .does("The SHA-256 hash of a file below the root directory of the spec in hexadecimal digits.")
                    .as(arguments -> Value.of(HashFunctions.hex("SHA-256", bytes(arguments)))),
            function(FILES, "fileset")
                    .takes("path", Type.STRING)
                    .takes("pattern", Type.STRING)
                    .returns(new Type.SetOf(Type.STRING))
                    .does(
                            "The files below the directory whose path from there matches the pattern: `*` any name, `**` any"
                                    + " directories, `?` any character, `{a,b}` either, `[a-z]` any of these.")
                    .as(FileFunctions::fileSet),
            function(FILES, "templatefile")
                    .takes("path", Type.STRING)
                    .takes("variables", Type.ANY)
                    .returns(Type.ANY)
                    .does("The file's text as a template, in which the variables stand by their names.")
                    .as(FileFunctions::template));

    private FileFunctions() {}

    private static byte[] bytes(Arguments arguments) {
        return arguments.surroundings().files().read(arguments.text(0));
    }

    private static String text(Arguments arguments) {
        try {
            return EncodingFunctions.utf8(bytes(arguments));
        } catch (CharacterCodingException e) {
            throw new FunctionException(0, "the file is not UTF-8 text; filebase64 reads any file");
        }
    }

    private static Value absolute(Arguments arguments) {
        String path = arguments.text(0);
        if (path.startsWith("/")) {
            return Value.of(Paths.clean(path));
        }
        String root = arguments
                .surroundings()
                .files()
                .root()
                .orElseThrow(() -> new FunctionException(0, "there is no root directory here"));
        return Value.of(Paths.clean(root + "/" + path));
    }

    private static Value fileSet(Arguments arguments) {
        if (List.of(arguments.text(1).split("/", -1)).contains("..")) {
            throw new FunctionException(1, "a pattern leads down from the directory; \"..\" matches nothing");
        }
        List<Value> files = arguments.surroundings().files().list(arguments.text(0)).stream()
                .filter(matcher(arguments.text(1))::matches)
                .map(file -> Value.of(file.toString().replace('\\', '/')))
                .toList();
        return Value.set(Type.STRING, files);
    }

    /// `**/` also matches no directory at all.
    private static PathMatcherOfText matcher(String pattern) {
        try {
            List<PathMatcher> matchers = List.of(
                    FileSystems.getDefault().getPathMatcher("glob:" + pattern),
                    FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "")));
            return file -> matchers.stream().anyMatch(m -> m.matches(Path.of(file)));
        } catch (PatternSyntaxException e) {
            throw new FunctionException(1, "invalid pattern: " + e.getDescription());
        }
    }

    /// Tells which paths match.
    @FunctionalInterface
    private interface PathMatcherOfText {
        boolean matches(String file);
    }

    private static Value template(Arguments arguments) {
        return arguments.surroundings().templates().render(arguments.text(0), text(arguments), arguments.entries(1));
    }
}
