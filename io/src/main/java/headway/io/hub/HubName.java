package headway.io.hub;

import headway.io.HubCache;

/// A model on the hub: `org/name` or `name`, and a branch, tag or commit, `main` if left out.
public record HubName(String repository, String revision) {
    /// Reads `org/name@revision`.
    ///
    /// @throws HubException when it is formed otherwise, or would lead out of the cache
    public static HubName of(String text) {
        if (!HubCache.isHubName(text) || text.contains("..")) {
            throw new HubException("[hub] '%s' is no hub name; expected org/name or org/name@revision".formatted(text));
        }
        int at = text.indexOf('@');
        return at < 0 ? new HubName(text, "main") : new HubName(text.substring(0, at), text.substring(at + 1));
    }

    /// Name of its folder in the cache.
    String folder() {
        return "models--" + repository.replace("/", "--");
    }

    @Override
    public String toString() {
        return revision.equals("main") ? repository : repository + "@" + revision;
    }
}
