package headway.io.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// One large file in pieces over several connections, since a server sends each of them only so fast.
///
/// Pieces are written in their order: what is kept is always the file's beginning, which any client goes on from,
/// Python's
/// too. An interruption costs the few pieces that were on their way.
///
/// @param piece bytes of a request
record ParallelRanges(HubClient client, HubName name, String file, HubClient.FileFacts facts, int piece) {
    /// Requests at once.
    static final int CONNECTIONS = 4;

    /// Bytes of a request: as many pieces as there are connections are in memory.
    static final int PIECE = 8 << 20;

    private static final int TRIES = 5;

    /// Takes the next bytes of the file.
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes) throws IOException;
    }

    /// The server sends whole files alone.
    static final class Unsupported extends IOException {
        private static final long serialVersionUID = 1;

        Unsupported() {
            super("the server sends no parts of files");
        }
    }

    /// Whether a rest of the file from byte `here` on is worth several connections.
    boolean pays(long here) {
        return facts.size() - here >= 2L * piece;
    }

    /// Hands over bytes `here …` in order.
    ///
    /// @throws Unsupported before anything is handed over, where the server knows no ranges
    void receive(long here, Sink sink) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var coming = new ArrayDeque<Future<byte[]>>();
            try {
                long next = here;
                while (next < facts.size() || !coming.isEmpty()) {
                    while (coming.size() < CONNECTIONS && next < facts.size()) {
                        long start = next;
                        int length = (int) Math.min(piece, facts.size() - start);
                        coming.add(threads.submit(() -> piece(start, length)));
                        next += length;
                    }
                    sink.take(arrived(coming.removeFirst()));
                }
            } finally {
                coming.forEach(c -> c.cancel(true));
                threads.shutdownNow();
            }
        }
    }

    private static byte[] arrived(Future<byte[]> piece) throws IOException {
        try {
            return piece.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Unsupported u -> throw u;
                case HubException h -> throw h;
                case IOException io -> throw io;
                default -> throw new IOException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Bytes `start … start + length - 1`, gone on with where a connection breaks.
    private byte[] piece(long start, int length) throws IOException, InterruptedException {
        byte[] bytes = new byte[length];
        var got = new int[1];
        IOException last = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Thread.sleep(attempt == 0 ? 0 : 100L << attempt);
            try {
                read(start, bytes, got);
                return bytes;
            } catch (Unsupported e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private void read(long start, byte[] bytes, int[] got) throws IOException {
        long from = start + got[0];
        HttpResponse<InputStream> response = client.bytes(name, file, facts.address(), from, start + bytes.length - 1);
        var heard = new AtomicLong(System.nanoTime());
        try (InputStream in = response.body()) {
            if (response.statusCode() == 200) {
                throw new Unsupported();
            }
            String range = response.headers().firstValue("Content-Range").orElse("");
            if (response.statusCode() != 206 || !range.startsWith("bytes " + from + "-")) {
                throw new IOException("the server sent '%s' for bytes from %d on".formatted(range, from));
            }
            Thread watch = BlobDownload.watch(in, heard);
            try {
                while (got[0] < bytes.length) {
                    int n = in.read(bytes, got[0], bytes.length - got[0]);
                    if (n < 0) {
                        throw new IOException("%d of %d bytes of a part arrived".formatted(got[0], bytes.length));
                    }
                    heard.set(System.nanoTime());
                    got[0] += n;
                }
            } finally {
                watch.interrupt();
            }
        }
    }
}
