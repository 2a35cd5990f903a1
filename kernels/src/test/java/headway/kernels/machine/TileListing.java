package headway.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A kernel with tiles, assembled and read as text: what can be said of it on a machine that has none.
public final class TileListing {
    private static final Pattern PRODUCT = Pattern.compile("(tdp\\w+) tmm(\\d), tmm(\\d), tmm(\\d)");
    private static final Pattern MOVED = Pattern.compile("(?:tileloadd|tileloaddt1|tilestored|tilezero) .*");

    private TileListing() {}

    /// One product `tmm d += tmm a · tmm b`.
    public record Product(String dot, int d, int a, int b) {}

    /// The products in the order of the code. Every tile instruction stands behind a configuration, and the tiles are
    /// released once, behind all of them.
    public static List<Product> products(Consumer<Assembler> kernel) {
        var a = new Assembler(true);
        kernel.accept(a);
        assertThat(a.finish()).isNotEmpty();
        List<String> texts = a.listing().stream()
                .map(IntegerCode.Line::text)
                .filter(TileListing::tiles)
                .toList();
        assertThat(texts.getFirst()).startsWith("ldtilecfg");
        assertThat(texts.getLast()).isEqualTo("tilerelease");
        assertThat(texts.stream().filter("tilerelease"::equals)).hasSize(1);
        return texts.stream()
                .map(PRODUCT::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(m -> new Product(m.group(1), digit(m.group(2)), digit(m.group(3)), digit(m.group(4))))
                .toList();
    }

    private static boolean tiles(String text) {
        return text.contains("tilecfg")
                || text.equals("tilerelease")
                || MOVED.matcher(text).matches()
                || PRODUCT.matcher(text).matches();
    }

    private static int digit(String text) {
        return Integer.parseInt(text);
    }
}
