package headway.train;

import headway.io.Json;
import headway.io.tokenizer.Tokenizer;
import headway.kernels.DType;
import headway.kernels.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Text to train on: files, folders of them, or `.jsonl` with a `text` in each line; a document each.
public record Corpus(List<String> documents) {
    private static final int CHUNK = 1 << 16;

    /// Reads `paths`; files of a folder in the order of their names.
    public static Corpus read(List<Path> paths) {
        var documents = new ArrayList<String>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw Run.refused("data: %s does not exist; give a text file or a folder of text files", path);
            }
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(Files::isRegularFile).sorted().forEach(file -> add(file, documents));
                } catch (IOException e) {
                    throw new UncheckedIOException("[train] cannot read " + path + ": " + e.getMessage(), e);
                }
            } else {
                add(path, documents);
            }
        }
        if (documents.stream().allMatch(String::isBlank)) {
            throw Run.refused("data: %s holds no text; give files with text in them", paths);
        }
        return new Corpus(documents);
    }

    private static void add(Path file, List<String> documents) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet") || name.endsWith(".csv")) {
            throw Run.refused("data: %s: this version reads text files and .jsonl; convert it first", file);
        }
        String text = text(file);
        if (!name.endsWith(".jsonl")) {
            documents.add(text);
            return;
        }
        int line = 0;
        for (String json : text.split("\n")) {
            line++;
            if (json.isBlank()) {
                continue;
            }
            var field = Json.parse(json, file + " line " + line).path("text");
            if (!field.isString()) {
                throw Run.refused("data: %s line %d has no string 'text'", file, line);
            }
            documents.add(field.asString());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            try {
                return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            } catch (IOException again) {
                throw new UncheckedIOException("[train] cannot read " + file + ": " + again.getMessage(), again);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Number of characters.
    public long characters() {
        return documents.stream().mapToLong(String::length).sum();
    }

    /// All documents as one run of ids in `arena`, `I32`, the tokenizer's end token after each where there are several.
    public Span tokens(Tokenizer tokenizer, Arena arena) {
        List<int[]> pieces = documents.parallelStream()
                .flatMap(document -> encoded(document, tokenizer).stream())
                .toList();
        boolean ends = documents.size() > 1 && tokenizer.eosId().isPresent();
        long count = pieces.stream().mapToLong(p -> p.length).sum() + (ends ? documents.size() : 0);
        Span tokens = Span.allocate(arena, DType.I32, count).slice(0, count);
        long at = 0;
        int piece = 0;
        for (String document : documents) {
            for (int chunks = chunks(document); chunks > 0; chunks--) {
                int[] ids = pieces.get(piece++);
                MemorySegment.copy(ids, 0, tokens.segment(), ValueLayout.JAVA_INT, at * 4, ids.length);
                at += ids.length;
            }
            if (ends) {
                tokens.set(at++, tokenizer.eosId().getAsInt());
            }
        }
        return tokens;
    }

    private static int chunks(String document) {
        return cuts(document).size();
    }

    private static List<int[]> encoded(String document, Tokenizer tokenizer) {
        var pieces = new ArrayList<int[]>();
        int from = 0;
        for (int to : cuts(document)) {
            pieces.add(tokenizer.encodeIds(document.substring(from, to), false));
            from = to;
        }
        return pieces;
    }

    /// Ends of pieces of a document that can be encoded side by side: before a line that begins with something else
    /// than white space, since a run of it may be one token.
    private static List<Integer> cuts(String document) {
        var cuts = new ArrayList<Integer>();
        int from = 0;
        int newline = document.indexOf('\n', CHUNK);
        while (newline >= 0 && newline + 1 < document.length()) {
            int to = newline + 1;
            if (Character.isWhitespace(document.charAt(to))) {
                newline = document.indexOf('\n', to);
            } else {
                cuts.add(to);
                from = to;
                newline = document.indexOf('\n', from + CHUNK);
            }
        }
        cuts.add(document.length());
        return cuts;
    }
}
