import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Rows for the run files in `examples/runs` from data sets as they come; writes `train.jsonl` and `test.jsonl` into OUT.
///
///     java examples/data/Prepare.java digits RECORDINGS OUT      spoken digits, `7_jackson_0.wav`
///     java examples/data/Prepare.java mnist IMAGES LABELS OUT    written digits, IDX files ending in .gz
///     java examples/data/Prepare.java pairs IMAGES LABELS OUT    two of them in a picture, and in words how they lie
///     java examples/data/Prepare.java names PLAYS OUT            persons that speak in the plays, where others name them
///     java examples/data/Prepare.java captions CAPTIONS OUT      questions about captions, lines in a file ending in .gz
///     java examples/data/Prepare.java relevance CAPTIONS OUT     the same questions with captions, relevant to each other or not
///     java examples/data/Prepare.java javadoc SRC.ZIP OUT        methods of the JDK, and in a sentence what they do
void main(String[] args) throws IOException {
    List<String> names = List.of("digits", "mnist", "pairs", "names", "captions", "relevance", "javadoc");
    int files = args.length > 0 && List.of("mnist", "pairs").contains(args[0]) ? 2 : 1;
    if (args.length != files + 2 || !names.contains(args[0])) {
        throw new IllegalArgumentException("expected one of %s, %d file%s and a folder for the rows".formatted(names, files, files == 1 ? "" : "s"));
    }
    Path in = Path.of(args[1]);
    Path out = Files.createDirectories(Path.of(args[args.length - 1]));
    switch (args[0]) {
        case "digits" -> digits(in, out);
        case "mnist" -> new Digits(in, Path.of(args[2])).write(out);
        case "pairs" -> new Digits(in, Path.of(args[2])).writePairs(out);
        case "names" -> new Names(in).write(out);
        case "captions" -> new Captions(in).write(out);
        case "relevance" -> new Captions(in).writeRelevance(out);
        default -> new Javadoc(in).write(out);
    }
}

void digits(Path recordings, Path out) throws IOException {
    var rows = new Rows();
    try (var files = Files.list(recordings)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".wav")).sorted().toList()) {
            String[] parts = file.getFileName().toString().replace(".wav", "").split("_");
            String path = out.toAbsolutePath().relativize(file.toAbsolutePath()).toString();
            rows.add(Integer.parseInt(parts[2]) < 5, List.of("audio", "text"), path, Digits.WORDS.get(Integer.parseInt(parts[0])));
        }
    }
    rows.write(out);
}
