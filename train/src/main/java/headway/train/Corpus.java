package headway.train;

import headway.io.AtomicFiles;
import headway.io.TextFile;
import headway.io.tokenizer.Tokenizer;
import headway.kernels.DType;
import headway.kernels.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Text to train on: files, folders of them, or a column of `.parquet`, `.jsonl`, `.csv` or `.tsv`; a document each.
public record Corpus(List<String> documents) {
    private static final int CHUNK = 1 << 16;

    /// Characters on each side of a cut that are looked at.
    private static final int NEIGHBOURHOOD = 64;

    /// Newlines in a row that are no place for a cut, after which the rest of the document stays whole.
    private static final int TRIES = 1000;

    /// Reads `paths`; files of a folder in the order of their names.
    ///
    /// @param column with the text in files that have columns
    public static Corpus read(List<Path> paths, String column) {
        var documents = new ArrayList<String>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw Run.refused("data: %s does not exist; give a text file or a folder of text files", path);
            }
            for (Path file : DataRows.files(path)) {
                if (DataRows.hasColumns(file)) {
                    DataRows.read(file, null, row -> documents.add(row.text(column)));
                } else {
                    documents.add(text(file));
                }
            }
        }
        if (documents.stream().allMatch(String::isBlank)) {
            throw Run.refused("data: %s holds no text; give files with text in them", paths);
        }
        return new Corpus(documents);
    }

    private static String text(Path file) {
        // What is no UTF-8 in a large corpus is a character of its own, not the end of the run.
        try (InputStream in = TextFile.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot read " + file + ": " + AtomicFiles.reason(e), e);
        }
    }

    /// Number of characters.
    public long characters() {
        return documents.stream().mapToLong(String::length).sum();
    }

    /// Part of a document.
    private record Piece(String document, int from, int to) {
        boolean isLast() {
            return to == document.length();
        }
    }

    /// All documents as one run of ids in `arena`, `I32`, the tokenizer's end token after each where
    /// there are several.
    public Span tokens(Tokenizer tokenizer, Arena arena) {
        List<Piece> pieces =
                documents.stream().flatMap(d -> pieces(d, tokenizer).stream()).toList();
        List<int[]> encoded = pieces.parallelStream()
                .map(p -> tokenizer.encodeIds(p.document.substring(p.from, p.to), false))
                .toList();
        boolean ends = documents.size() > 1 && tokenizer.eosId().isPresent();
        long count = encoded.stream().mapToLong(ids -> ids.length).sum() + (ends ? documents.size() : 0);
        Span tokens = Span.allocate(arena, DType.I32, count).slice(0, count);
        long at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            int[] ids = encoded.get(i);
            MemorySegment.copy(ids, 0, tokens.segment(), ValueLayout.JAVA_INT, at * 4, ids.length);
            at += ids.length;
            if (ends && pieces.get(i).isLast()) {
                tokens.set(at++, tokenizer.eosId().getAsInt());
            }
        }
        return tokens;
    }

    /// Pieces of a document that can be encoded side by side.
    private static List<Piece> pieces(String document, Tokenizer tokenizer) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        int tries = TRIES;
        int newline = document.indexOf('\n', CHUNK);
        while (newline >= 0 && newline + 1 < document.length() && tries > 0) {
            int to = newline + 1;
            if (isApart(document, to, tokenizer)) {
                pieces.add(new Piece(document, from, to));
                from = to;
                tries = TRIES;
                newline = document.indexOf('\n', from + CHUNK);
            } else {
                tries--;
                newline = document.indexOf('\n', to);
            }
        }
        pieces.add(new Piece(document, from, document.length()));
        return pieces;
    }

    /// Whether the tokens before and after `cut`, which follows a newline, are the same as without it. A run of white
    /// space may be one token or break elsewhere, a normalizer may join characters, a tokenizer may begin each text
    /// with a space of its own: so it is tried on the neighbourhood.
    private static boolean isApart(String document, int cut, Tokenizer tokenizer) {
        if (Character.isWhitespace(document.charAt(cut)) || Character.isWhitespace(document.charAt(cut - 2))) {
            return false;
        }
        String before = document.substring(Math.max(0, cut - NEIGHBOURHOOD), cut);
        String after = document.substring(cut, Math.min(document.length(), cut + NEIGHBOURHOOD));
        int[] left = tokenizer.encodeIds(before, false);
        int[] right = tokenizer.encodeIds(after, false);
        int[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return Arrays.equals(both, tokenizer.encodeIds(before + after, false));
    }
}
