package headway.io.tokenizer;

import headway.io.ConfigException;
import headway.io.Json;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A SentencePiece model file; [Kudo and Richardson 2018](https://arxiv.org/abs/1808.06226).
///
/// The file is a protocol buffer: fields, each a number with a kind (varint, 4 bytes, 8 bytes, bytes with length)
/// before its value. Only what tokenizing needs is read; lengths are believed as far as the file reaches.
final class SentencePieceModel {
    /// What a piece is for.
    enum Kind {
        NORMAL,
        UNKNOWN,
        CONTROL,
        USER_DEFINED,
        UNUSED,
        BYTE
    }

    /// A piece with its score, the logarithm of its probability in a unigram model.
    record Piece(String text, float score, Kind kind) {}

    private static final long FILE_LIMIT = 256L << 20;
    private static final int UNIGRAM = 1;
    private static final int BPE = 2;

    /// Characters: a BPE without merges.
    private static final int CHARACTERS = 4;

    final List<Piece> pieces = new ArrayList<>();

    /// Compiled table of the normalization, empty where there is none.
    byte[] charsmap = {};

    boolean addDummyPrefix = true;
    boolean removeExtraWhitespaces = true;
    boolean splitByWhitespace = true;
    boolean whitespaceAsSuffix;
    boolean byteFallback;

    /// What unknown pieces are in a decoded text.
    String unknownSurface = " ⁇ ";

    private int type = UNIGRAM;
    private final String source;

    private SentencePieceModel(String source) {
        this.source = source;
    }

    /// Reads `file`.
    ///
    /// @throws TokenizerException when it is missing, damaged or of a kind that is not known
    static SentencePieceModel read(Path file) {
        byte[] bytes;
        try {
            bytes = Json.readBounded(file, FILE_LIMIT);
        } catch (ConfigException e) {
            throw new TokenizerException(e.getMessage().replaceFirst("^\\[json]", "[tokenizer]"), e);
        }
        var model = new SentencePieceModel(file.toString());
        try {
            model.fields(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), model::field);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw model.error(
                    "not a SentencePiece model, or cut off, after piece %d; copy or download it again"
                            .formatted(model.pieces.size()),
                    e);
        }
        if (model.pieces.isEmpty()) {
            throw model.error("holds no pieces; this is no SentencePiece model", null);
        }
        if (model.type != UNIGRAM && model.type != BPE && model.type != CHARACTERS) {
            throw model.error(
                    "trainer_spec.model_type is %d; only unigram (1), BPE (2) and characters (4) are read"
                            .formatted(model.type),
                    null);
        }
        model.unknown();
        return model;
    }

    boolean isUnigram() {
        return type == UNIGRAM;
    }

    /// Id of the piece for what has none.
    int unknown() {
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).kind == Kind.UNKNOWN) {
                return i;
            }
        }
        throw error("has no piece of the type unknown", null);
    }

    private TokenizerException error(String what, Exception cause) {
        return new TokenizerException("[tokenizer] %s: %s".formatted(source, what), cause);
    }

    @FunctionalInterface
    private interface Field {
        /// `number` holds varints and bits of floats, `bytes` is null then.
        void read(int field, long number, ByteBuffer bytes);
    }

    private void fields(ByteBuffer in, Field to) {
        while (in.hasRemaining()) {
            long tag = varint(in);
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> to.read(field, varint(in), null);
                case 1 -> to.read(field, in.getLong(), null);
                case 5 -> to.read(field, in.getInt(), null);
                case 2 -> {
                    long length = varint(in);
                    if (length < 0 || length > in.remaining()) {
                        throw new BufferUnderflowException();
                    }
                    ByteBuffer part = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
                    in.position(in.position() + (int) length);
                    to.read(field, 0, part);
                }
                default -> throw new IllegalArgumentException("wire type " + (tag & 7));
            }
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    private void field(int field, long number, ByteBuffer bytes) {
        if (bytes == null) {
            return;
        }
        switch (field) {
            case 1 -> piece(bytes);
            case 2 ->
                fields(bytes, (f, n, b) -> {
                    switch (f) {
                        case 3 -> type = (int) n;
                        case 22 -> splitByWhitespace = n != 0;
                        case 24 -> whitespaceAsSuffix = n != 0;
                        case 35 -> byteFallback = n != 0;
                        case 44 ->
                            unknownSurface = b == null
                                    ? unknownSurface
                                    : StandardCharsets.UTF_8.decode(b).toString();
                        default -> {}
                    }
                });
            case 3 ->
                fields(bytes, (f, n, b) -> {
                    switch (f) {
                        case 2 -> {
                            charsmap = new byte[b == null ? 0 : b.remaining()];
                            if (b != null) {
                                b.get(charsmap);
                            }
                        }
                        case 3 -> addDummyPrefix = n != 0;
                        case 4 -> removeExtraWhitespaces = n != 0;
                        default -> {}
                    }
                });
            default -> {}
        }
    }

    private void piece(ByteBuffer bytes) {
        var text = new String[] {""};
        var score = new float[1];
        var kind = new Kind[] {Kind.NORMAL};
        fields(bytes, (f, n, b) -> {
            switch (f) {
                case 1 ->
                    text[0] = b == null ? "" : StandardCharsets.UTF_8.decode(b).toString();
                case 2 -> score[0] = Float.intBitsToFloat((int) n);
                case 3 -> {
                    if (n < 1 || n > Kind.values().length) {
                        throw new IllegalArgumentException("piece of type " + n);
                    }
                    kind[0] = Kind.values()[(int) n - 1];
                }
                default -> {}
            }
        });
        pieces.add(new Piece(text[0], score[0], kind[0]));
    }
}
