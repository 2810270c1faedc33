package dev.lathe.graph.verify;

import dev.lathe.core.Place;

/// What the model says of itself: its IR version is told, and at least one operator set.
final class HeaderRule implements Rule {
    /// IR versions below 3 had no operator sets.
    private static final int FIRST_WITH_OPSETS = 3;

    @Override
    public void check(Subject s) {
        long ir = s.model().irVersion();
        if (ir < 1) {
            s.error("ir-version-missing", "the model does not tell its IR version", Place.nowhere());
        } else if (ir < FIRST_WITH_OPSETS && !s.model().opsets().isEmpty()) {
            s.error(
                    "opset-not-allowed",
                    "a model of IR version " + ir + " must not import operator sets",
                    Place.nowhere());
        } else if (ir >= FIRST_WITH_OPSETS && s.model().opsets().isEmpty()) {
            s.error(
                    "opset-missing",
                    "a model of IR version " + ir + " must import at least one operator set",
                    Place.nowhere());
        }
        s.model().opsets().forEach((domain, version) -> {
            if (version < 1) {
                s.error(
                        "opset-malformed",
                        "the operator set " + Subject.words(domain) + " is imported in version " + version,
                        Place.nowhere());
            }
        });
        if (s.model().graph().name().isEmpty()) {
            s.warning("graph-unnamed", "the main graph has no name", Place.nowhere());
        }
    }
}
