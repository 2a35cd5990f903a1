package headway.io.hub;

import headway.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Speaks the hub's HTTP: what a revision holds, what is known of a file, and its bytes.
///
/// Redirects are followed by hand: the token goes to the hub itself and to nobody else.
final class HubClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int REDIRECTS = 5;
    private static final int LISTING_LIMIT = 64 << 20;

    private final HubSettings settings;
    private final HttpClient http;

    /// Commit of a revision, and the paths of its files.
    record Revision(String commit, List<String> files) {}

    /// What the hub says of a file before sending it.
    ///
    /// @param etag SHA-256 of a large file, git's SHA-1 of a small one
    /// @param size bytes, -1 where it does not say
    /// @param address where its bytes are
    record FileFacts(String etag, String commit, long size, URI address) {}

    HubClient(HubSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(EnvironmentProxy.of(System.getenv()))
                .build();
    }

    Revision revision(HubName name) throws IOException {
        URI address = URI.create(settings.endpoint() + "/api/models/" + path(name.repository()) + "/revision/"
                + URLEncoder.encode(name.revision(), StandardCharsets.UTF_8));
        HttpResponse<InputStream> response = send("GET", address, null);
        try (InputStream body = response.body()) {
            refuse(response, name, null);
            byte[] bytes = body.readNBytes(LISTING_LIMIT);
            JsonNode json = Json.parse(new String(bytes, StandardCharsets.UTF_8), address.toString());
            String commit = json.path("sha").stringValue("");
            if (!commit.matches("[0-9a-f]{40}")) {
                throw new HubException(
                        "[hub] %s: %s answered without a commit ('%s')".formatted(name, address, commit));
            }
            var files = new ArrayList<String>();
            for (JsonNode sibling : json.path("siblings").values()) {
                files.add(safe(sibling.path("rfilename").stringValue(""), name));
            }
            return new Revision(commit, files);
        }
    }

    /// A path that stays where it is put.
    static String safe(String path, HubName name) {
        boolean bad = path.isEmpty() || path.length() > 1000;
        for (String part : path.split("/", -1)) {
            bad |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        bad |= path.chars().anyMatch(c -> c < 0x20 || c == '\\' || c == ':');
        if (bad) {
            throw new HubException(
                    "[hub] %s: the hub lists a file '%s', which would lead out of the cache; nothing was written"
                            .formatted(name, path));
        }
        return path;
    }

    FileFacts facts(HubName name, String commit, String file) throws IOException {
        URI address = URI.create(
                settings.endpoint() + "/" + path(name.repository()) + "/resolve/" + commit + "/" + path(file));
        HttpResponse<InputStream> response = send("HEAD", address, null);
        response.body().close();
        if (response.statusCode() / 100 != 3) {
            refuse(response, name, file);
        }
        String etag = header(response, "X-Linked-Etag", header(response, "ETag", ""))
                .replaceFirst("^W/", "")
                .replace("\"", "");
        if (!etag.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}") || etag.contains("..")) {
            throw new HubException("[hub] %s: file %s has the ETag '%s'; expected a hash".formatted(name, file, etag));
        }
        String size = header(response, "X-Linked-Size", header(response, "Content-Length", "-1"));
        String at = header(response, "Location", "");
        return new FileFacts(
                etag,
                header(response, "X-Repo-Commit", commit),
                size.matches("\\d{1,18}") ? Long.parseLong(size) : -1,
                at.isEmpty() ? response.uri() : response.uri().resolve(at));
    }

    /// The bytes at `address` from `start` on; 200 means all of them, 206 the rest.
    HttpResponse<InputStream> bytes(HubName name, String file, URI address, long start) throws IOException {
        return ranged(name, file, address, start > 0 ? "bytes=" + start + "-" : null);
    }

    /// The same for bytes `start … last`.
    HttpResponse<InputStream> bytes(HubName name, String file, URI address, long start, long last) throws IOException {
        return ranged(name, file, address, "bytes=" + start + "-" + last);
    }

    private HttpResponse<InputStream> ranged(HubName name, String file, URI address, String range) throws IOException {
        HttpResponse<InputStream> response = send("GET", address, range);
        if (response.statusCode() != 416) {
            refuse(response, name, file);
        }
        return response;
    }

    /// @param range null for everything
    private HttpResponse<InputStream> send(String method, URI first, String range) throws IOException {
        URI address = first;
        for (int i = 0; i <= REDIRECTS; i++) {
            var request = HttpRequest.newBuilder(address)
                    .timeout(ANSWER)
                    .header("User-Agent", "headway")
                    // Otherwise sizes and hashes would be those of compressed bytes.
                    .header("Accept-Encoding", "identity")
                    .method(method, HttpRequest.BodyPublishers.noBody());
            if (range != null) {
                request.header("Range", range);
            }
            if (isHub(address) && settings.token().isPresent()) {
                request.header("Authorization", "Bearer " + settings.token().get());
            }
            HttpResponse<InputStream> response;
            try {
                response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (IllegalArgumentException e) {
                throw new IOException("unusable address " + address, e);
            }
            String to = header(response, "Location", "");
            boolean redirected = response.statusCode() / 100 == 3 && response.statusCode() != 304 && !to.isEmpty();
            // A file's facts are in the hub's own answer; its redirect to where the bytes lie is not followed for them.
            if (!redirected || method.equals("HEAD") && !isHub(address.resolve(to))) {
                return response;
            }
            if (method.equals("HEAD")
                    && response.headers().firstValue("X-Linked-Etag").isPresent()) {
                return response;
            }
            response.body().close();
            URI next = address.resolve(to);
            if (!"http https".contains(String.valueOf(next.getScheme()))) {
                throw new IOException("redirected to " + next);
            }
            if ("https".equals(address.getScheme()) && "http".equals(next.getScheme())) {
                throw new IOException("redirected from https to http: " + next);
            }
            address = next;
        }
        throw new IOException("more than %d redirects from %s".formatted(REDIRECTS, first));
    }

    private boolean isHub(URI address) {
        return settings.endpoint().getScheme().equals(address.getScheme())
                && settings.endpoint().getHost().equals(address.getHost())
                && settings.endpoint().getPort() == address.getPort();
    }

    private static String header(HttpResponse<?> response, String name, String otherwise) {
        return response.headers().firstValue(name).orElse(otherwise);
    }

    /// Turns an answer that is none into an error that says why.
    private void refuse(HttpResponse<InputStream> response, HubName name, String file) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        response.body().close();
        String code = header(response, "X-Error-Code", "");
        String said = header(response, "X-Error-Message", "");
        String page = settings.endpoint() + "/" + name.repository();
        String what = file == null ? name.toString() : name + ", file " + file;
        if (code.equals("GatedRepo") || status == 403 && !settings.token().isPresent()) {
            throw new HubException(
                    "[hub] %s: access is restricted; ask for it on %s, then set HF_TOKEN to a token that has it%s"
                            .formatted(what, page, said.isEmpty() ? "" : " (" + said + ")"));
        }
        if (status == 401 || status == 403 || code.equals("RepoNotFound")) {
            boolean token = settings.token().isPresent();
            throw new HubException("[hub] %s: there is no such model on %s, or it is private; check the name, %s"
                    .formatted(
                            what, settings.endpoint(), token ? "or whether HF_TOKEN may read it" : "or set HF_TOKEN"));
        }
        if (code.equals("RevisionNotFound")) {
            throw new HubException(
                    "[hub] %s: the model has no revision '%s'; see %s".formatted(what, name.revision(), page));
        }
        if (status == 404) {
            throw new HubException("[hub] %s: not found on %s; check the name".formatted(what, settings.endpoint()));
        }
        if (status == 429 || status >= 500) {
            throw new IOException("the hub answered %d %s".formatted(status, said));
        }
        throw new HubException("[hub] %s: the hub answered %d %s".formatted(what, status, said));
    }

    private static String path(String path) {
        return java.util.Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(java.util.stream.Collectors.joining("/"));
    }

    @Override
    public void close() {
        http.close();
    }
}
