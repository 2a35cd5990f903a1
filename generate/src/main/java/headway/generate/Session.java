package headway.generate;

import headway.models.Decoder;
import headway.nn.cache.SessionCache;

/// What a decoder has read of a text that goes on: its tokens and their cache, so that a call reads only what
/// comes after the beginning that it shares with the call before.
///
/// It belongs to one decoder and serves one call at a time.
public final class Session implements AutoCloseable {
    private SessionCache cache;
    private int[] ids = new int[0];
    private int reused;

    /// Nothing read yet.
    public Session() {}

    /// Tokens that the last call did not have to read again.
    public int reused() {
        return reused;
    }

    /// The cache for `prompt`, gone back to what it shares with what is kept; a new one where nothing is.
    SessionCache resume(Decoder decoder, int[] prompt, int room) {
        // The last token is read in any case: its logits choose the next one.
        int shared = 0;
        while (shared < Math.min(ids.length, prompt.length - 1) && ids[shared] == prompt[shared]) {
            shared++;
        }
        reused = cache != null && shared > 0 && goBack(shared) ? shared : 0;
        if (reused == 0) {
            close();
            cache = decoder.newCache(room);
        }
        return cache;
    }

    /// Not every cache can: a state forgets how it came about, a window what has left it.
    private boolean goBack(int length) {
        try {
            cache.truncate(length);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /// Remembers `read`, the tokens that are in the cache.
    void keep(int[] read) {
        ids = read;
    }

    @Override
    public void close() {
        if (cache != null) {
            cache.close();
            cache = null;
        }
        ids = new int[0];
    }
}
