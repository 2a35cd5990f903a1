package headway.io.hub;

import headway.io.HubCache;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the hub and its cache are, and who asks, as the environment says: `HF_ENDPOINT`, `HF_HUB_CACHE`, `HF_HOME`,
/// `HF_TOKEN`, `HF_HUB_OFFLINE`.
///
/// @param endpoint the hub's address
/// @param cache folder of the cache
/// @param token what shows who asks, where there is one
/// @param offline whether the network may not be used
public record HubSettings(URI endpoint, Path cache, Optional<String> token, Access offline) {
    /// Whether the network may be used.
    public enum Access {
        /// Whatever is missing is fetched.
        ONLINE,
        /// Only the cache counts.
        OFFLINE
    }

    /// What this process' environment says.
    public static HubSettings ofEnvironment() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static HubSettings of(Map<String, String> environment, Path home) {
        String address = environment.getOrDefault("HF_ENDPOINT", "");
        URI endpoint;
        try {
            endpoint =
                    URI.create((address.isBlank() ? "https://huggingface.co" : address.strip()).replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new HubException(
                    "[hub] HF_ENDPOINT is '%s'; expected an address such as https://huggingface.co".formatted(address),
                    e);
        }
        if (endpoint.getHost() == null || !"http https".contains(String.valueOf(endpoint.getScheme()))) {
            throw new HubException(
                    "[hub] HF_ENDPOINT is '%s'; expected an address such as https://huggingface.co".formatted(address));
        }
        String offline =
                environment.getOrDefault("HF_HUB_OFFLINE", environment.getOrDefault("TRANSFORMERS_OFFLINE", ""));
        boolean off = offline.strip().toLowerCase(java.util.Locale.ROOT).matches("1|on|yes|true");
        return new HubSettings(
                endpoint,
                HubCache.root(environment, home),
                token(environment, home),
                off ? Access.OFFLINE : Access.ONLINE);
    }

    /// `HF_TOKEN`, its older name, or the file that logging in writes.
    private static Optional<String> token(Map<String, String> environment, Path home) {
        for (String name : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
            String token = environment.getOrDefault(name, "").strip();
            if (!token.isEmpty()) {
                return Optional.of(token);
            }
        }
        String said = environment.getOrDefault("HF_TOKEN_PATH", "");
        Path file = said.isBlank() ? HubCache.home(environment, home).resolve("token") : Path.of(said);
        try {
            return Files.size(file) > 10_000
                    ? Optional.empty()
                    : Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Without the token, which is nobody else's business.
    @Override
    public String toString() {
        return "HubSettings[%s, %s, %s]".formatted(endpoint, cache, offline);
    }
}
