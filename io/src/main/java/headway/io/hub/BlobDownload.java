package headway.io.hub;

import headway.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Brings one blob into the cache: what arrives is kept in `BLOB.incomplete` and gone on with after an interruption;
/// only
/// bytes with the promised hash become the blob.
final class BlobDownload {
    private static final int TRIES = 6;
    private static final int BUFFER = 1 << 17;
    private static final long STALL_NANOS = 30_000_000_000L;

    private final HubClient client;
    private final HubName name;
    private final String file;
    private final HubProgress progress;
    private final int piece;

    /// @param piece bytes of a request where a file comes over several connections
    BlobDownload(HubClient client, HubName name, String file, HubProgress progress, int piece) {
        this.client = client;
        this.name = name;
        this.file = file;
        this.progress = progress;
        this.piece = piece;
    }

    /// Makes `blob`, which the caller has locked.
    void fetch(HubClient.FileFacts facts, Path blob) throws IOException {
        Path incomplete = blob.resolveSibling(blob.getFileName() + ".incomplete");
        long here = Files.exists(incomplete) ? Files.size(incomplete) : 0;
        if (facts.size() >= 0 && here > facts.size()) {
            Files.delete(incomplete);
            here = 0;
        }
        room(facts.size() - here, blob);
        progress.begins(name.toString(), file, facts.size(), here);
        IOException last = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                if (attempt > 0) {
                    Thread.sleep(Math.min(8000, 100L << attempt));
                }
                receive(facts, incomplete);
                verify(facts, incomplete);
                Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE);
                progress.ends(file);
                return;
            } catch (FileSystemException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw new HubException(
                "[hub] %s: file %s broke off %d times, last: %s; what arrived is kept, call again to go on"
                        .formatted(name, file, TRIES, reason(last)),
                last);
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void room(long needed, Path blob) throws IOException {
        long free = Files.getFileStore(blob.getParent()).getUsableSpace();
        if (needed > free) {
            throw new HubException("[hub] %s: file %s needs %,d more bytes, %s has %,d; make room or set HF_HUB_CACHE"
                    .formatted(name, file, needed, blob.getParent(), free));
        }
    }

    private void receive(HubClient.FileFacts facts, Path incomplete) throws IOException {
        long here = Files.exists(incomplete) ? Files.size(incomplete) : 0;
        if (here == facts.size()) {
            if (here == 0) {
                Files.write(incomplete, new byte[0]);
            }
            return;
        }
        var ranges = new ParallelRanges(client, name, file, facts, piece);
        if (ranges.pays(here)) {
            try (OutputStream out = appending(incomplete)) {
                ranges.receive(here, bytes -> write(out, bytes, bytes.length, incomplete));
                return;
            } catch (ParallelRanges.Unsupported e) {
                // Then as a whole.
            }
        }
        HttpResponse<InputStream> response = client.bytes(name, file, facts.address(), here);
        boolean rest = response.statusCode() == 206
                && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + here + "-");
        if (here > 0 && !rest) {
            // The server sends all again, or says that there is nothing behind what is here.
            progress.received(file, -here);
            Files.delete(incomplete);
            if (response.statusCode() / 100 != 2 || response.statusCode() == 206) {
                response.body().close();
                throw new IOException("the server refused to go on at byte " + here);
            }
        }
        var heard = new AtomicLong(System.nanoTime());
        try (InputStream in = response.body();
                OutputStream out = appending(incomplete)) {
            Thread watch = watch(in, heard);
            try {
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    heard.set(System.nanoTime());
                    write(out, buffer, n, incomplete);
                }
            } finally {
                watch.interrupt();
            }
        }
        long size = Files.size(incomplete);
        if (facts.size() >= 0 && size < facts.size()) {
            throw new IOException("%d of %d bytes arrived".formatted(size, facts.size()));
        }
    }

    private static OutputStream appending(Path incomplete) throws IOException {
        return Files.newOutputStream(incomplete, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// A disk that is full is no broken connection: trying again helps nobody.
    private void write(OutputStream out, byte[] bytes, int count, Path incomplete) throws IOException {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw new FileSystemException(incomplete.toString(), null, e.getMessage());
        }
        progress.received(file, count);
    }

    /// Ends a download from which nothing more comes.
    static Thread watch(InputStream in, AtomicLong heard) {
        return Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    Thread.sleep(1000);
                    if (System.nanoTime() - heard.get() > STALL_NANOS) {
                        in.close();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// The ETag of a large file is its SHA-256, that of a small one git's SHA-1: of `blob SIZE`, a zero byte, the file.
    private void verify(HubClient.FileFacts facts, Path incomplete) throws IOException {
        long size = Files.size(incomplete);
        boolean sha256 = facts.etag().matches("[0-9a-f]{64}");
        boolean git = facts.etag().matches("[0-9a-f]{40}");
        String actual = facts.etag();
        if (sha256 || git) {
            MessageDigest digest = digest(sha256 ? "SHA-256" : "SHA-1");
            if (git) {
                digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            try (InputStream in = Files.newInputStream(incomplete)) {
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            actual = HexFormat.of().formatHex(digest.digest());
        }
        if (!actual.equals(facts.etag()) || facts.size() >= 0 && size != facts.size()) {
            Files.delete(incomplete);
            throw new HubException(
                    "[hub] %s: file %s arrived with hash %s and %d bytes, expected %s and %d; it was thrown away, call again"
                            .formatted(name, file, actual, size, facts.etag(), facts.size()));
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /// Why the file system refused.
    static HubException unwritable(HubName name, FileSystemException e) {
        return new HubException(
                "[hub] %s: the cache cannot be written: %s; what arrived is kept, make room and call again to go on"
                        .formatted(name, AtomicFiles.reason(e)),
                e);
    }
}
