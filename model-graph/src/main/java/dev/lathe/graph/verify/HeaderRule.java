package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.op.OpCatalog;

/// What the model says of itself: its IR version is told, and at least one operator set.
final class HeaderRule implements Rule {
    /// IR versions below 3 had no operator sets.
    private static final int FIRST_WITH_OPSETS = 3;

    /// Of the release of the standard whose operators are known.
    private static final long NEWEST_IR = 14;

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
        if (ir > NEWEST_IR) {
            s.error(
                    "ir-version-newer",
                    "the model's IR version " + ir + " is newer than " + NEWEST_IR
                            + ", the newest that there is: no runtime loads it",
                    Place.nowhere());
        }
        s.model().opsets().forEach((domain, version) -> {
            int newest = newest(Subject.domain(domain));
            if (newest > 0 && version > newest) {
                s.error(
                        "opset-newer",
                        "the model imports version " + version + " of " + Subject.words(Subject.domain(domain))
                                + ", newer than " + newest + ", the newest that there is: no runtime loads it",
                        Place.nowhere());
            }
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

    /// The newest version of a domain whose versions are known; 0 for others.
    private static int newest(String domain) {
        return domain.startsWith("com.microsoft")
                ? OpCatalog.standard().newest(domain)
                : OperatorTypes.standard().newest(domain);
    }
}
