package dev.lathe.graph.op;

import java.util.List;

/// The list of one family's operators. Registered as a service.
public interface OpFamily {

    /// The family's name for people, e.g. "Neural network layers".
    String title();

    List<OpSpec> ops();
}
