package headway.generate;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.models.Decoder;
import headway.nn.Pass;
import headway.nn.cache.BranchingCache;
import headway.nn.cache.SessionCache;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;

/// Rows of tokens on their way through a decoder: columns are aligned at the right, so that all rows end at the same
/// one, and positions count each row's own tokens.
///
/// Rows may come as several copies of each prompt in succession: a prompt is then read once, and its copies share
/// what is kept of it.
///
/// Passes run over columns `from … to - 1`; with a cache each column once, in chunks, without one all of them again.
/// Columns of padding are computed with the others and seen by none of them.
final class Batch implements AutoCloseable {
    private final Decoder decoder;
    private final List<Row> rows;
    private final int copies;

    /// Whose cache it is; null where it is the batch's own.
    private final Session session;

    private final int chunk;
    private final int padId;
    private final int width;

    /// 0 where a column of the prompts is padding; null where none is.
    private final byte[][] mask;

    /// Positions of the prompts' columns, and of the first new token.
    private final int[][] positions;

    /// Null where none is kept; a [BranchingCache] once copies go on by themselves.
    private SessionCache cache;

    /// Every how many rows one is run.
    private int stride;

    private int done;
    private Consumer<Tensor> watcher = _ -> {};

    /// @param copies rows of each prompt in succession
    /// @param chunk most tokens in a pass, over all rows
    /// @param tokens new tokens to expect, where a cache is to be kept; 0 for none
    Batch(Decoder decoder, List<Row> rows, int copies, int padId, int chunk, int tokens) {
        this(decoder, rows, copies, padId, chunk, tokens, null);
    }

    /// The same with what an earlier call has read, where there is one row and the decoder reads prompts in parts.
    ///
    /// @param kept null for nothing
    Batch(Decoder decoder, List<Row> rows, int copies, int padId, int chunk, int tokens, Session kept) {
        this.decoder = decoder;
        this.rows = rows;
        this.copies = copies;
        this.stride = tokens == 0 ? 1 : copies;
        this.padId = padId;
        int prompts = rows.size() / stride;
        this.chunk = decoder.readsPromptsWhole() ? Integer.MAX_VALUE / 2 : Math.max(1, chunk / prompts);
        this.width = rows.stream().mapToInt(r -> r.prompt().ids().length).max().orElseThrow();
        Prompt first = rows.getFirst().prompt();
        boolean resumes =
                kept != null && tokens > 0 && rows.size() == 1 && first.mask() == null && !decoder.readsPromptsWhole();
        this.session = resumes ? kept : null;
        // Room for a long text is made when it comes: memory is cleared when it is taken.
        int room = width + Math.min(tokens, 256);
        if (resumes) {
            this.cache = kept.resume(decoder, first.ids(), room);
            this.done = kept.reused();
        } else {
            this.cache = tokens == 0 ? null : decoder.newCache(room);
        }
        this.mask = new byte[rows.size()][width];
        this.positions = new int[rows.size()][width + 1];
        for (int b = 0; b < rows.size(); b++) {
            place(b);
        }
    }

    private void place(int b) {
        Prompt prompt = rows.get(b).prompt();
        int lead = width - prompt.ids().length;
        int position = 0;
        for (int c = 0; c < width; c++) {
            boolean token = c >= lead && !prompt.pads(c - lead);
            mask[b][c] = (byte) (token ? 1 : 0);
            // As Hugging Face has it: padding stands at 0, what follows goes on counting, and new tokens count from the
            // last column, even where that is padding.
            positions[b][c] = token ? position++ : 0;
        }
        positions[b][width] = positions[b][width - 1] + 1;
    }

    /// Shows `hidden` what each pass gives, `(batch, seq, hidden)`.
    void watch(Consumer<Tensor> hidden) {
        watcher = hidden;
    }

    /// Runs the prompts and hands over the logits `(batch, vocab)` of their last tokens.
    void prefill(Workspace workspace, Consumer<Tensor> logits) {
        int times = stride;
        run(workspace, width, found -> {
            if (times > 1) {
                cache = cache.repeated(times);
                stride = 1;
            }
            logits.accept(times == 1 ? found : repeated(found, times));
        });
    }

    private static Tensor repeated(Tensor logits, int times) {
        int V = logits.shape().last().size();
        int rows = (int) (logits.count() / V) * times;
        Tensor copies = Tensor.allocate(Shape.of("batch", rows, "vocab", V), logits.dtype());
        MemorySegment from = logits.contiguousMemory("generate").segment();
        long row = (long) V * logits.dtype().bytes();
        for (int b = 0; b < rows; b++) {
            MemorySegment.copy(from, b / times * row, copies.memory().segment(), b * row, row);
        }
        return copies;
    }

    /// Runs what was added since, one token a row, and hands over its logits.
    void step(Workspace workspace, Consumer<Tensor> logits) {
        int generated =
                rows.stream().mapToInt(r -> r.tokens().generated()).max().orElseThrow();
        run(workspace, width + generated, logits);
    }

    private void run(Workspace workspace, int end, Consumer<Tensor> logits) {
        int from = cache == null ? 0 : done;
        while (from < end) {
            int first = from;
            int to = cache == null ? end : Math.min(end, from + chunk);
            workspace.run(() -> {
                Tensor hidden = pass(first, to);
                watcher.accept(hidden);
                if (to == end) {
                    logits.accept(project(hidden));
                }
                return null;
            });
            from = to;
        }
        done = end;
    }

    private Tensor pass(int from, int to) {
        int B = rows.size() / stride;
        int T = to - from;
        Tensor ids = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        Tensor places = Tensor.allocate(ids.shape(), DType.I32);
        boolean padded = false;
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                long at = (long) b * T + t;
                Memory.i32(ids.memory().address(at), id(b * stride, from + t));
                Memory.i32(places.memory().address(at), position(b * stride, from + t));
            }
        }
        for (Row row : rows) {
            padded |= row.prompt().mask() != null || row.prompt().ids().length < width;
        }
        Pass pass = new Pass(places, padded ? padding(to) : null, cache, null);
        return decoder.hidden(decoder.embed(ids), pass);
    }

    /// Marks of columns `0 … columns - 1`; whatever was generated is no padding.
    private Tensor padding(int columns) {
        Tensor marks = Tensor.allocate(Shape.of("batch", rows.size() / stride, "kv_seq", columns), DType.U8);
        MemorySegment to = marks.memory().segment();
        int known = Math.min(columns, width);
        for (int b = 0; b < rows.size() / stride; b++) {
            long row = (long) b * columns;
            MemorySegment.copy(mask[b * stride], 0, to, ValueLayout.JAVA_BYTE, row, known);
            to.asSlice(row + known, columns - known).fill((byte) 1);
        }
        return marks;
    }

    private int id(int b, int column) {
        Row row = rows.get(b);
        int i = column - (width - row.prompt().ids().length);
        // A row that ended early goes on with padding, which nobody looks at.
        return i < 0 || i >= row.tokens().length() ? padId : row.tokens().get(i);
    }

    private int position(int b, int column) {
        return column < width ? positions[b][column] : positions[b][width] + column - width;
    }

    /// Logits of the last column alone: the head is the widest matrix, and prefill needs one row of it.
    private Tensor project(Tensor hidden) {
        int T = hidden.dim("seq");
        Tensor last = hidden.narrow("seq", T - 1, 1);
        Tensor logits = decoder.logits(last.isContiguous() ? last : last.copy());
        return logits;
    }

    /// Makes row `i` go on from what row `rows[i]` has seen.
    void select(int[] rows) {
        if (cache instanceof BranchingCache branching) {
            branching.select(rows);
        } else if (cache != null) {
            throw new IllegalStateException(
                    "[generate] rows of %d copies cannot go on from each other".formatted(copies));
        }
    }

    /// Tokens of row `b`'s prompt, padding left out.
    int promptTokens(int b) {
        return positions[b][width];
    }

    @Override
    public void close() {
        if (session != null) {
            int[] read = new int[done];
            for (int c = 0; c < done; c++) {
                read[c] = id(0, c);
            }
            session.keep(read);
        } else if (cache != null) {
            cache.close();
        }
    }
}
