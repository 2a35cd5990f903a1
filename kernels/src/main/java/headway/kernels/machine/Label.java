package headway.kernels.machine;

/// A place in the code, known once it is bound.
public final class Label {
    int position = -1;

    /// A label that is not bound yet.
    public Label() {}
}
