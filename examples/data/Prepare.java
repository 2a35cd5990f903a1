import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;

/// Rows for the run files in `examples/runs` from data sets as they come; writes `train.jsonl` and `test.jsonl` into OUT.
///
///     java examples/data/Prepare.java digits RECORDINGS OUT      spoken digits, `7_jackson_0.wav`
///     java examples/data/Prepare.java mnist IMAGES LABELS OUT    written digits, IDX files ending in .gz
///     java examples/data/Prepare.java names PLAYS OUT            persons that speak in the plays, where others name them
void main(String[] args) throws IOException {
    Path out = Files.createDirectories(Path.of(args[args.length - 1]));
    switch (args[0]) {
        case "digits" -> digits(Path.of(args[1]), out);
        case "mnist" -> mnist(Path.of(args[1]), Path.of(args[2]), out);
        case "names" -> names(Files.readAllLines(Path.of(args[1])), out);
        default -> throw new IllegalArgumentException(args[0] + ": digits, mnist or names");
    }
}

void digits(Path recordings, Path out) throws IOException {
    List<String> words = List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    var rows = new ArrayList<String>();
    var test = new ArrayList<String>();
    try (var files = Files.list(recordings)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".wav")).sorted().toList()) {
            String[] parts = file.getFileName().toString().replace(".wav", "").split("_");
            String row = "{\"audio\": %s, \"text\": \"%s\"}"
                    .formatted(quoted(out.toAbsolutePath().relativize(file.toAbsolutePath()).toString()), words.get(Integer.parseInt(parts[0])));
            (Integer.parseInt(parts[2]) < 5 ? test : rows).add(row);
        }
    }
    write(out, rows, test);
}

void mnist(Path images, Path labels, Path out) throws IOException {
    Files.createDirectories(out.resolve("png"));
    var rows = new ArrayList<String>();
    var test = new ArrayList<String>();
    try (var pixels = new DataInputStream(new GZIPInputStream(Files.newInputStream(images)));
            var classes = new DataInputStream(new GZIPInputStream(Files.newInputStream(labels)))) {
        pixels.skipNBytes(4);
        classes.skipNBytes(8);
        int count = pixels.readInt();
        int height = pixels.readInt();
        int width = pixels.readInt();
        for (int i = 0; i < count; i++) {
            var picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setDataElements(0, 0, width, height, pixels.readNBytes(width * height));
            ImageIO.write(picture, "png", out.resolve("png/" + i + ".png").toFile());
            (i % 10 == 9 ? test : rows).add("{\"image\": \"png/%d.png\", \"label\": \"%d\"}".formatted(i, classes.readByte()));
        }
    }
    write(out, rows, test);
}

void names(List<String> plays, Path out) throws IOException {
    Set<String> titles = Set.of(
            "First", "Second", "Third", "Fourth", "Both", "King", "Queen", "Lord", "Lady", "Duke", "Page", "Nurse", "Provost", "Servant",
            "Citizens", "Senators", "Messenger", "Officer", "Gentleman", "Soldier", "Friar", "Clown", "Widow", "Tailor", "Prince",
            "Boatswain", "Master", "Mariners", "Shepherd", "Father", "Mother", "Mayor", "Lords", "People", "Time", "All", "Another");
    var persons = new TreeSet<String>();
    for (String line : plays) {
        if (line.matches("[A-Z]{4,}:|[A-Z][a-z]{3,}:")) {
            String name = line.charAt(0) + line.substring(1, line.length() - 1).toLowerCase();
            if (!titles.contains(name)) {
                persons.add(name);
            }
        }
    }
    var rows = new ArrayList<String>();
    var test = new ArrayList<String>();
    for (int i = 0; i < plays.size(); i++) {
        List<String> words = Pattern.compile("[A-Za-z']+|[.,;:!?]").matcher(plays.get(i)).results().map(m -> m.group()).toList();
        List<String> tags = words.stream().map(w -> persons.contains(w) ? "B-PER" : "O").toList();
        if (plays.get(i).endsWith(":") || words.size() < 4 || !tags.contains("B-PER") && i % 25 != 0) {
            continue;
        }
        String row = "{\"tokens\": %s, \"labels\": %s}"
                .formatted(words.stream().map(this::quoted).toList(), tags.stream().map(this::quoted).toList());
        ((rows.size() + test.size()) % 14 == 13 ? test : rows).add(row);
    }
    write(out, rows, test);
}

String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
}

void write(Path out, List<String> rows, List<String> test) throws IOException {
    Files.write(out.resolve("train.jsonl"), rows);
    Files.write(out.resolve("test.jsonl"), test);
    IO.println("%d rows to learn from and %d to test with in %s".formatted(rows.size(), test.size(), out));
}
