import static java.lang.classfile.ClassFile.JAVA_8_VERSION;

import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.DeadCodeOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Gives the classes of jars that were compiled for Java 5 to 7 the format of Java 8, with the stack maps that it asks
/// for, and changes nothing else. An AOT cache takes no class older than Java 6; picocli's are, and were a third of the
/// CPU time of every command.
///
/// Run from its source: `java RaiseClassVersion.java JAR...`. A jar is replaced whole or left as it was.
final class RaiseClassVersion {
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            Path old = Path.of(jar);
            Path raised = Path.of(jar + ".new");
            rewrite(old, raised);
            Files.move(raised, old, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void rewrite(Path from, Path to) throws IOException {
        try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                var source = new ZipFile(from.toFile());
                var target = new ZipOutputStream(Files.newOutputStream(to))) {
            ClassFile format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    DeadCodeOption.PATCH_DEAD_CODE,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            for (ZipEntry entry : Collections.list(source.entries())) {
                byte[] content = source.getInputStream(entry).readAllBytes();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                target.putNextEntry(copy);
                target.write(entry.getName().endsWith(".class") ? raise(format, content) : content);
                target.closeEntry();
            }
        }
    }

    private static byte[] raise(ClassFile format, byte[] content) {
        ClassModel model = format.parse(content);
        if (model.majorVersion() >= JAVA_8_VERSION) {
            return content;
        }
        return format.build(model.thisClass().asSymbol(), built -> {
            built.withVersion(JAVA_8_VERSION, 0);
            for (ClassElement element : model) {
                switch (element) {
                    case ClassFileVersion replaced -> {}
                    // Going through the code is what makes its stack maps.
                    case MethodModel method ->
                        built.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
                    default -> built.with(element);
                }
            }
        });
    }
}
