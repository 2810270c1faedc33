package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.optimize.PassContext;

/// One part of [Simplify]; gives the same instance back when there is nothing for it to do.
interface Simplification {
    Model apply(Model model, PassContext context) throws LatheException;
}
