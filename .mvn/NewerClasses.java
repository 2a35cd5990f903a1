import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies a jar with its classes in the format of Java 25: `java NewerClasses.java FROM TO`.
///
/// Classes older than Java 6 have no stack maps. The JDK then checks them by its old verifier on every start and leaves
/// them out of its ahead-of-time cache. What methods do stays as it is. See docs/decisions/0006-launcher.md.
final class NewerClasses {
    private static final int FIRST_WITH_STACK_MAPS = 50;

    private NewerClasses() {}

    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        URL[] place = {from.toUri().toURL()};
        try (var loader = new URLClassLoader(place);
                var jar = new JarFile(from.toFile());
                var out = new JarOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            ClassFile format = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(loader)));
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(entry.getName().endsWith(".class") ? newer(format, bytes) : bytes);
                out.closeEntry();
            }
        }
    }

    private static byte[] newer(ClassFile format, byte[] bytes) {
        ClassModel old = format.parse(bytes);
        if (old.majorVersion() >= FIRST_WITH_STACK_MAPS) {
            return bytes;
        }
        ClassTransform version = ClassTransform.endHandler(c -> c.withVersion(ClassFile.JAVA_25_VERSION, 0));
        ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        return format.transformClass(old, bodies.andThen(ClassTransform.dropping(e -> e instanceof ClassFileVersion)).andThen(version));
    }
}
