package headway.train;

import headway.io.Yaml;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Holds a run file against the one that a run was started with: going on with another model, other data or other
/// numbers would give a result that is neither run's.
final class SameRun {
    /// What says how a run is watched and kept, and changes nothing of its numbers.
    private static final Set<String> FREE = Set.of(
            "name",
            "output",
            "steps",
            "evaluate.every",
            "evaluate.fraction",
            "evaluate.batches",
            "evaluate.patience",
            "checkpoint.every",
            "checkpoint.keep");

    private SameRun() {}

    /// Throws where `now` is another run than `started`, the `run.yaml` of the output folder; more steps are welcome.
    static void check(Path started, Run now) {
        if (!Files.exists(started)) {
            return;
        }
        Run before = Run.read(Yaml.read(started), started.toString());
        SortedMap<String, String> old = flat(before);
        flat(now).forEach((key, value) -> {
            if (!FREE.contains(key) && !value.equals(old.get(key))) {
                throw differs(started, key, old.get(key), value);
            }
        });
        if (held(before) != held(now)) {
            throw differs(started, "evaluate.fraction", Double.toString(held(before)), Double.toString(held(now)));
        }
        if (now.steps() < before.steps()) {
            throw differs(started, "steps", Integer.toString(before.steps()), now.steps() + ", which is fewer");
        }
    }

    /// The part of the text that is not trained on.
    private static double held(Run run) {
        return run.data().isMissingNode() || run.evaluate().every() == 0
                ? 0
                : run.evaluate().fraction();
    }

    private static RuntimeException differs(Path started, String key, String before, String now) {
        return Run.refused(
                "--resume: the run in %s was started with %s: %s; now it is %s. Set it back, or give another output:",
                started.getParent(), key, before, now);
    }

    private static SortedMap<String, String> flat(Record settings) {
        var keys = new TreeMap<String, String>();
        put(keys, "", settings);
        return keys;
    }

    private static void put(SortedMap<String, String> to, String prefix, Record settings) {
        for (RecordComponent c : settings.getClass().getRecordComponents()) {
            try {
                Object value = c.getAccessor().invoke(settings);
                if (value instanceof Record part) {
                    put(to, prefix + c.getName() + ".", part);
                } else {
                    String text = String.valueOf(value);
                    to.put(prefix + c.getName(), text.isEmpty() ? "(left out)" : text);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("[train] cannot read the setting " + c.getName(), e);
            }
        }
    }
}
