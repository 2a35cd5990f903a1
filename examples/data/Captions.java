import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Questions about captions of photographs, whose answers stand in them.
///
/// People wrote the captions; the questions are made of them by five rules: of which colour something is, who does
/// something, what somebody does, where, and how many there are. Three captions make a text, and only a question whose
/// words point to one of them is asked.
final class Captions {
    private static final String COLOURS = "red|blue|green|yellow|orange|purple|pink|black|white|brown|gray|grey|tan";
    private static final String PLACES = "in|on|at|near|through|under|behind|by|down|across|along|over|into|inside|outside|around";
    private static final Pattern COLOUR = Pattern.compile("\\b(%s) (\\p{Alpha}+)".formatted(COLOURS));
    private static final Pattern ACTION = Pattern.compile("^([^,]+?) (is|are) (\\p{Alpha}+ing)\\b([^,.]*)");
    private static final Pattern PLACE = Pattern.compile(" ((?:%s) (?:a|an|the|some|their|his|her) [^,.]+)".formatted(PLACES));
    private static final Pattern COUNT = Pattern.compile("^(Two|Three|Four|Five|Six) ((?:\\p{Alpha}+ )??(\\p{Alpha}+s|men|women|children|people))\\b");
    private static final Pattern HEAD = Pattern.compile("^(?:A|An|The|Two|Three|Four|Five|Some|Several) (?:\\p{Alpha}+ )*?(\\p{Alpha}+)(?: (?:in|with|wearing|on|of|at|and|from|holding)\\b.*)?$");

    private record Question(String question, String answer, String key) {}

    private final List<String> captions;
    private final Random random = new Random(7);

    /// @param file a caption a line
    Captions(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            captions = new String(in.readAllBytes()).lines().map(l -> l.strip().replaceAll("[^.!]$", "$0.")).toList();
        }
    }

    void write(Path out) throws IOException {
        var rows = new Rows();
        for (int i = 0; i + 3 <= captions.size(); i += 3) {
            List<String> three = captions.subList(i, i + 3);
            String text = String.join(" ", three);
            for (int turn = 0; turn < 2; turn++) {
                List<Question> asked = questions(three.get(random.nextInt(3)), text);
                if (!asked.isEmpty()) {
                    Question q = asked.get(random.nextInt(asked.size()));
                    rows.add(i / 3 % 20 == 19, List.of("question", "context", "answers"), q.question, text, q.answer);
                }
            }
        }
        rows.write(out);
    }

    /// Each question with the caption that answers it, with the two beside it, and with one by chance.
    void writeRelevance(Path out) throws IOException {
        var rows = new Rows();
        for (int i = 0; i + 3 <= captions.size(); i += 3) {
            List<String> three = captions.subList(i, i + 3);
            String text = String.join(" ", three);
            int right = random.nextInt(3);
            List<Question> asked = questions(three.get(right), text);
            String other = captions.get(random.nextInt(captions.size()));
            for (Question q : asked.isEmpty() ? asked : List.of(asked.get(random.nextInt(asked.size())))) {
                for (int k = 0; k < 3; k++) {
                    relevance(rows, i, q, three.get(k), k == right);
                }
                if (times(q.key, other) == 0) {
                    relevance(rows, i, q, other, false);
                }
            }
        }
        rows.write(out);
    }

    private static void relevance(Rows rows, int i, Question q, String caption, boolean relevant) {
        rows.add(i / 3 % 20 == 19, List.of("text", "text_pair", "label"), q.question, caption, relevant ? "relevant" : "not");
    }

    private static List<Question> questions(String caption, String text) {
        var all = new ArrayList<Question>();
        Matcher colour = COLOUR.matcher(caption);
        if (colour.find()) {
            String be = colour.group(2).endsWith("s") && !colour.group(2).endsWith("ss") ? "are" : "is";
            all.add(new Question("What color %s the %s?".formatted(be, colour.group(2)), colour.group(1), colour.group(2)));
        }
        Matcher count = COUNT.matcher(caption);
        if (count.find()) {
            all.add(new Question("How many %s are there?".formatted(count.group(2)), count.group(1), count.group(3)));
        }
        Matcher action = ACTION.matcher(caption);
        if (action.find()) {
            String doing = action.group(3) + action.group(4);
            String thing = PLACE.matcher(doing).replaceFirst("");
            all.add(new Question("Who %s %s?".formatted(action.group(2), thing), action.group(1), action.group(3)));
            Matcher place = PLACE.matcher(doing);
            Matcher head = HEAD.matcher(action.group(1));
            if (head.find()) {
                String who = head.group(1);
                all.add(new Question("What %s the %s doing?".formatted(action.group(2), who), doing.substring(0, place.find() ? place.start() : doing.length()), who));
                if (place.reset().find()) {
                    all.add(new Question("Where %s the %s?".formatted(action.group(2), who), place.group(1), who));
                }
            }
        }
        // The word that points to the caption stands once in the text, and so does the answer.
        return all.stream().filter(q -> times(q.key, text) == 1 && times(q.answer, text) == 1).toList();
    }

    private static long times(String words, String text) {
        return Pattern.compile("\\b%s\\b".formatted(Pattern.quote(words)), Pattern.CASE_INSENSITIVE).matcher(text).results().count();
    }
}
