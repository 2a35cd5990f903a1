package headway.io.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that speaks the hub's HTTP: listings, facts by `HEAD`, redirects of large files to another host, ranges;
/// and
/// whatever goes wrong at the test's wish.
final class HubServer implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    final Map<String, byte[]> files = new LinkedHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    /// Bytes after which each answer of a file breaks off, for as many answers as said.
    int breakAfter = Integer.MAX_VALUE;

    final AtomicInteger breaks = new AtomicInteger();
    boolean ranges = true;
    boolean wrongHash;
    String requiredToken;
    String errorCode = "";
    int errorStatus;
    /// Answers of files under way, and most of them at once.
    private final AtomicInteger running = new AtomicInteger();

    final AtomicInteger most = new AtomicInteger();
    int pauseMillis;
    final AtomicInteger serverErrors = new AtomicInteger();
    final Map<String, String> tokensAtStore = new ConcurrentHashMap<>();

    /// Large files lie with another server, which must not see the token.
    private final HttpServer store = server();

    private final HttpServer hub = server();

    HubServer() {
        hub.createContext("/api/models/", this::listing);
        hub.createContext("/", this::resolve);
        store.createContext("/", exchange -> {
            tokensAtStore.put(
                    "token", String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            send(exchange, exchange.getRequestURI().getPath().substring(1));
        });
        hub.start();
        store.start();
    }

    private static HttpServer server() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    void file(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void listing(HttpExchange exchange) throws IOException {
        requests.add("LIST " + exchange.getRequestURI().getPath());
        if (refused(exchange)) {
            return;
        }
        var siblings = new ArrayList<String>();
        files.keySet().forEach(f -> siblings.add("{\"rfilename\":\"" + f.replace("\\", "\\\\") + "\"}"));
        byte[] body = "{\"sha\":\"%s\",\"siblings\":[%s]}"
                .formatted(COMMIT, String.join(",", siblings))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private boolean refused(HttpExchange exchange) throws IOException {
        boolean unknown = requiredToken != null
                && !("Bearer " + requiredToken)
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        int status = unknown ? 401 : errorStatus;
        if (serverErrors.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            status = 503;
        }
        if (status == 0) {
            return false;
        }
        if (!errorCode.isEmpty()) {
            exchange.getResponseHeaders().set("X-Error-Code", errorCode);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
        return true;
    }

    private void resolve(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        if (refused(exchange)) {
            return;
        }
        String path = exchange.getRequestURI().getPath();
        String file = path.substring(path.indexOf(COMMIT) + COMMIT.length() + 1);
        byte[] bytes = files.get(file);
        if (bytes == null) {
            exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("X-Repo-Commit", COMMIT);
        boolean large = file.endsWith(".safetensors");
        if (large) {
            headers.set("X-Linked-Etag", "\"" + (wrongHash ? "0".repeat(64) : hash("SHA-256", bytes)) + "\"");
            headers.set("X-Linked-Size", String.valueOf(bytes.length));
            headers.set("Location", "http://127.0.0.1:" + store.getAddress().getPort() + "/" + file);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
        }
        byte[] blob = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(blob, blob.length + bytes.length);
        System.arraycopy(bytes, 0, all, blob.length, bytes.length);
        headers.set("ETag", "W/\"" + hash("SHA-1", all) + "\"");
        send(exchange, file);
    }

    private void send(HttpExchange exchange, String file) throws IOException {
        byte[] bytes = files.get(file);
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null) {
            requests.add("RANGE " + range);
        }
        String[] ends = range == null || !ranges
                ? new String[] {"0"}
                : range.substring("bytes=".length()).split("-");
        int start = Integer.parseInt(ends[0]);
        int end = ends.length < 2 ? bytes.length : Math.min(bytes.length, Integer.parseInt(ends[1]) + 1);
        boolean part = start > 0 || ends.length > 1;
        if (start >= bytes.length && start > 0) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        if (part) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(start, end - 1, bytes.length));
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
        }
        exchange.sendResponseHeaders(part ? 206 : 200, head ? -1 : end - start);
        if (!head) {
            boolean broken = breaks.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            pause();
            running.decrementAndGet();
            OutputStream out = exchange.getResponseBody();
            out.write(bytes, start, broken ? Math.min(breakAfter, end - start) : end - start);
            out.flush();
            if (broken) {
                // The server closes the connection then.
                throw new IOException("broken on purpose");
            }
        }
        exchange.close();
    }

    private void pause() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
    }
}
