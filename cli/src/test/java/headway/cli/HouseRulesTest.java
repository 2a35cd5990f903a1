package headway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rules that hold for the sources of all modules: who may use whom, and how long things may be.
///
/// Sources are parsed, not compiled, so that a method's length is what a reader sees.
class HouseRulesTest {
    /// Which modules of Headway each module may require.
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "kernels", Set.of(),
            "tensor", Set.of("kernels"),
            "nn", Set.of("kernels", "tensor"),
            "io", Set.of("kernels", "tensor"),
            "models", Set.of("kernels", "tensor", "nn", "io"),
            "generate", Set.of("kernels", "tensor", "nn", "io", "models"),
            "tasks", Set.of("kernels", "tensor", "nn", "io", "models", "generate"),
            // `models` for loading what is trained; trainers themselves know a loss, not a family.
            "train", Set.of("kernels", "tensor", "nn", "io", "models"),
            "cli", Set.of("kernels", "tensor", "nn", "io", "models", "generate", "tasks", "train"));

    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;

    /// Methods that may be longer: vectors must be locals of one method, or they leave their registers.
    private static final Set<String> LONG_METHODS =
            Set.of("TileLanes.four", "MatVecRows.fourF16", "FlashForward.unit", "FlashBackward.tile");

    private static final Pattern REQUIRES =
            Pattern.compile("^\\s*requires\\s+(?:transitive\\s+|static\\s+)*headway\\.(\\w+)\\s*;", Pattern.MULTILINE);
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Helpers?|Utils?|Utilities|Manager|Impl)");

    private static Path root;
    private static List<Path> sources;
    private static final List<String> longMethods = new ArrayList<>();
    private static final List<String> booleans = new ArrayList<>();
    private static final List<String> emptyNames = new ArrayList<>();

    @BeforeAll
    static void parse() throws IOException {
        root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        sources = new ArrayList<>();
        for (String module : ARROWS.keySet()) {
            Path folder = root.resolve(module).resolve("src/main/java");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(sources::add);
                }
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Rules(trees, unit).scan(unit, null);
            }
        }
    }

    /// Collects what breaks a rule in one file.
    private static final class Rules extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;
        private final LineMap lines;

        Rules(Trees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
            this.lines = unit.getLineMap();
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                emptyNames.add(type.getSimpleName().toString());
            }
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            String name = owner.getSimpleName() + "." + method.getName();
            var positions = trees.getSourcePositions();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long end = positions.getEndPosition(unit, method);
            long length = end < 0 ? 0 : lines.getLineNumber(end) - first + 1;
            if (length > METHOD_LINES && !LONG_METHODS.contains(name)) {
                longMethods.add(name + ": " + length + " lines");
            }
            boolean isCatalogue = String.valueOf(unit.getPackageName()).startsWith("headway.nn");
            boolean isPublicConstructor = isCatalogue
                    && method.getName().contentEquals("<init>")
                    && method.getModifiers().getFlags().contains(Modifier.PUBLIC);
            for (VariableTree parameter : isPublicConstructor ? method.getParameters() : List.<VariableTree>of()) {
                boolean isBoolean = String.valueOf(parameter.getType()).equals("boolean");
                if (isBoolean && !parameter.getName().contentEquals("bias")) {
                    booleans.add(name + "(" + parameter.getName() + ")");
                }
            }
            return super.visitMethod(method, nothing);
        }
    }

    @Test
    void modulesRequireOnlyWhatTheHouseAllows() throws IOException {
        int found = 0;
        for (var module : ARROWS.entrySet()) {
            Path info = root.resolve(module.getKey()).resolve("src/main/java/module-info.java");
            if (Files.exists(info)) {
                found++;
                var required = new TreeSet<String>();
                REQUIRES.matcher(Files.readString(info)).results().forEach(r -> required.add(r.group(1)));
                assertThat(module.getValue()).as(module.getKey()).containsAll(required);
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(6);
    }

    @Test
    void everyModuleOfTheBuildHasItsArrows() throws IOException {
        var built = new TreeSet<String>();
        Pattern.compile("<module>(\\w+)</module>")
                .matcher(Files.readString(root.resolve("pom.xml")))
                .results()
                .forEach(r -> built.add(r.group(1)));
        built.removeAll(Set.of("testkit", "bench", "examples"));
        assertThat(ARROWS.keySet()).containsExactlyInAnyOrderElementsOf(built);
    }

    @Test
    void filesAreShort() throws IOException {
        var tooLong = new ArrayList<String>();
        for (Path file : sources) {
            long lines;
            try (Stream<String> all = Files.lines(file)) {
                lines = all.count();
            }
            if (lines > FILE_LINES) {
                tooLong.add(root.relativize(file) + ": " + lines + " lines");
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(tooLong).as("files of more than %d lines", FILE_LINES).isEmpty();
    }

    @Test
    void methodsAreShort() {
        assertThat(longMethods)
                .as("methods of more than %d lines", METHOD_LINES)
                .isEmpty();
    }

    @Test
    void alternativesAreTypesNotFlags() {
        assertThat(booleans)
                .as("boolean parameters of public constructors in the catalogue of layers")
                .isEmpty();
    }

    @Test
    void namesSayWhatThingsDo() {
        assertThat(emptyNames).isEmpty();
    }

    @Test
    void kernelsStartNoThread() throws IOException {
        var threads = Pattern.compile("\\bnew Thread\\b|Thread\\.of|java\\.util\\.concurrent|\\.parallel\\(\\)");
        for (Path file : sources) {
            if (file.startsWith(root.resolve("kernels"))) {
                assertThat(threads.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isFalse();
            }
        }
    }
}
