package headway.io.hub;

/// Hears how a download goes on; called by several threads.
public interface HubProgress {
    /// Nobody listens.
    HubProgress NONE = new HubProgress() {};

    /// `file` of `model` begins, with `size` bytes, `done` of which are here already.
    default void begins(String model, String file, long size, long done) {}

    /// `bytes` more of `file` have arrived; less than 0 where what was here is thrown away.
    default void received(String file, long bytes) {}

    /// `file` is here.
    default void ends(String file) {}
}
