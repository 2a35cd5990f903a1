package headway.nn;

import headway.tensor.Shape;

/// Where parameters come from, seen from one place in the model: `w.at("self_attn").at("q_proj").get("weight", …)`.
///
/// The same calls load a checkpoint and initialise a new model; the source behind decides.
public final class Weights {
    /// Gives parameters by their full name.
    public interface Source {
        /// The parameter `path` of `shape`; a new one starts as `init` says.
        Parameter parameter(String path, Shape shape, Init init);

        /// Whether there is one of this name: for what a checkpoint may leave out.
        boolean has(String path);

        /// Leaves alone whatever lies below `path`, if anything does: it is no error that nobody asks for it.
        default void skip(String path) {}

        /// The quantized matrix `path` of `shape`, or null where it is not quantized. Three axes mean a matrix for each
        /// expert, all one below the other.
        default QuantizedParameter quantized(String path, Shape shape) {
            return null;
        }

        /// Whether both are there and hold different numbers: then they are not tied, whatever the config
        /// says.
        default boolean differ(String path, String other) {
            return false;
        }
    }

    private final Source source;
    private final String path;

    private Weights(Source source, String path) {
        this.source = source;
        this.path = path;
    }

    /// The root of a model.
    public static Weights of(Source source) {
        return new Weights(source, "");
    }

    /// The child `name`.
    public Weights at(String name) {
        return new Weights(source, path.isEmpty() ? name : path + "." + name);
    }

    /// The child number `index`.
    public Weights at(int index) {
        return at(Integer.toString(index));
    }

    /// The parameter `name` here, with axis names and sizes: `get("weight", init, "out", 64, "in", 32)`.
    public Parameter get(String name, Init init, Object... namesAndSizes) {
        return source.parameter(at(name).path, Shape.of(namesAndSizes), init);
    }

    /// The quantized matrix `name` here, or null where it is kept in another way; axes as for [#get].
    public QuantizedParameter quantized(String name, Object... namesAndSizes) {
        return source.quantized(at(name).path, Shape.of(namesAndSizes));
    }

    /// Leaves alone what lies here, if anything does.
    public void skip() {
        source.skip(path);
    }

    /// Whether the parameter `name` is there.
    public boolean has(String name) {
        return source.has(at(name).path);
    }

    /// Whether `name` here is stored beside the parameter `other` (its full name) with numbers of its own.
    public boolean differs(String name, String other) {
        return source.differ(at(name).path, other);
    }

    /// The same weights for a model that has `from` where the checkpoint has `to`.
    public Weights moved(String from, String to) {
        return new Weights(new Moved(source, from + ".", to + "."), path);
    }

    /// Names that begin in another way.
    private record Moved(Source source, String from, String to) implements Source {
        private String there(String path) {
            // A parameter that was given out has the checkpoint's name already.
            boolean moves = path.startsWith(from) && !path.startsWith(to);
            return moves ? to + path.substring(from.length()) : path;
        }

        @Override
        public Parameter parameter(String path, Shape shape, Init init) {
            return source.parameter(there(path), shape, init);
        }

        @Override
        public boolean has(String path) {
            return source.has(there(path));
        }

        @Override
        public void skip(String path) {
            source.skip(there(path));
        }

        @Override
        public QuantizedParameter quantized(String path, Shape shape) {
            return source.quantized(there(path), shape);
        }

        @Override
        public boolean differ(String path, String other) {
            return source.differ(there(path), there(other));
        }
    }

    /// The place in the model, for errors.
    public String path() {
        return path;
    }
}
