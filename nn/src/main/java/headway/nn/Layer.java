package headway.nn;

/// A node of the parameter tree: a record whose components are parameters, other layers, or plain settings.
public interface Layer {}
