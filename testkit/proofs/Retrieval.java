import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What `retrieval.sh` needs of Cranfield: its texts as lines of JSON, and the measure of a ranking.
///
///     java Retrieval.java texts FOLDER OUT        documents.jsonl and queries.jsonl
///     java Retrieval.java score FOLDER OUT        nDCG@10 of documents.vectors.jsonl and queries.vectors.jsonl
///
/// nDCG@10 as trec_eval has it: gain = judgement, discount = log2(rank + 1), the ideal over all judged documents.
/// Queries of the file are numbered anew from 1, as the judgements have them.
void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    Path out = Path.of(args[2]);
    if (args[0].equals("texts")) {
        lines(out.resolve("documents.jsonl"), texts(folder.resolve("cranfield-docs.xml"), "doc", true));
        lines(out.resolve("queries.jsonl"), texts(folder.resolve("cranfield-queries.xml"), "top", false));
        return;
    }
    Map<Integer, float[]> documents = vectors(out.resolve("documents.vectors.jsonl"));
    Map<Integer, float[]> queries = vectors(out.resolve("queries.vectors.jsonl"));
    var judged = new HashMap<Integer, Map<Integer, Integer>>();
    for (String line : Files.readAllLines(folder.resolve("cranfield-qrels.txt"))) {
        String[] f = line.strip().split("\\s+");
        judged.computeIfAbsent(Integer.valueOf(f[0]), _ -> new HashMap<>()).put(Integer.valueOf(f[2]), Integer.valueOf(f[3]));
    }
    double sum = 0;
    int count = 0;
    for (var query : queries.entrySet()) {
        Map<Integer, Integer> gains = judged.get(query.getKey());
        if (gains == null) {
            continue;
        }
        List<Integer> ranked = documents.keySet().stream()
                .sorted(Comparator.comparingDouble(d -> -dot(query.getValue(), documents.get(d))))
                .limit(10)
                .toList();
        double ideal = dcg(gains.values().stream().sorted(Comparator.reverseOrder()).limit(10).toList());
        if (ideal > 0) {
            sum += dcg(ranked.stream().map(d -> gains.getOrDefault(d, 0)).toList()) / ideal;
            count++;
        }
    }
    IO.println("nDCG@10 %.4f over %d queries and %d documents".formatted(sum / count, count, documents.size()));
}

double dcg(List<Integer> gains) {
    double sum = 0;
    for (int i = 0; i < gains.size(); i++) {
        sum += Math.max(0, gains.get(i)) / (Math.log(i + 2) / Math.log(2));
    }
    return sum;
}

double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
        sum += (double) a[i] * b[i];
    }
    return sum;
}

Map<Integer, String> texts(Path file, String element, boolean numbered) throws IOException {
    String xml = Files.readString(file);
    var all = new LinkedHashMap<Integer, String>();
    var each = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL).matcher(xml);
    while (each.find()) {
        String body = each.group(1);
        String title = part(body, "title");
        String text = part(body, "text");
        int number = numbered ? Integer.parseInt(part(body, "docno").strip()) : all.size() + 1;
        // The abstract begins with the title.
        all.put(number, (text.isBlank() ? title : text).replaceAll("\\s+", " ").strip());
    }
    return all;
}

String part(String body, String name) {
    var m = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL).matcher(body);
    return m.find() ? m.group(1) : "";
}

void lines(Path file, Map<Integer, String> texts) throws IOException {
    var lines = new ArrayList<String>();
    texts.forEach((id, text) -> {
        if (!text.isEmpty()) {
            lines.add("{\"id\": %d, \"text\": \"%s\"}".formatted(id, text.replace("\\", "\\\\").replace("\"", "\\\"")));
        }
    });
    Files.write(file, lines);
}

Map<Integer, float[]> vectors(Path file) throws IOException {
    var all = new LinkedHashMap<Integer, float[]>();
    for (String line : Files.readAllLines(file)) {
        String id = line.substring(line.indexOf(':') + 1, line.indexOf(','));
        String[] numbers = line.substring(line.lastIndexOf('[') + 1, line.lastIndexOf(']')).split(",");
        float[] v = new float[numbers.length];
        for (int i = 0; i < v.length; i++) {
            v[i] = Float.parseFloat(numbers[i]);
        }
        all.put(Integer.valueOf(id.strip()), v);
    }
    return all;
}
