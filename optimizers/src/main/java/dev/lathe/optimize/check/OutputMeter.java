package dev.lathe.optimize.check;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;

/// Measures how far one output of two models is apart, worst over the samples that it is given.
///
/// Over all elements of a sample: cosine = Σab / √(Σa²·Σb²); SQNR = 10·log₁₀(Σa² / Σ(a−b)²). Two equal
/// elements never differ, also where both are NaN or the same infinity; a NaN or an infinity on one side only
/// is an infinite difference: cosine −1, SQNR −∞.
final class OutputMeter {
    private final String name;
    private double cosine = 1;
    private double sqnrDb = Double.POSITIVE_INFINITY;
    private double maxAbs;
    private long elements;
    private long nonFinite;

    OutputMeter(String name) {
        this.name = name;
    }

    /// @throws LatheException when the two differ in shape
    void add(HostTensor a, HostTensor b) throws LatheException {
        if (!a.dims().equals(b.dims())) {
            throw new LatheException(Diagnostic.error(
                    "outputs-differ-in-shape",
                    "the first model gives " + a.dims() + ", the second " + b.dims() + ".",
                    new Place.AtValue(name)));
        }
        elements = Math.max(elements, a.elements());
        if (!a.strings().isEmpty() || !b.strings().isEmpty()) {
            worst(a.strings().equals(b.strings()));
            return;
        }
        MemorySegment left = a.bytes();
        MemorySegment right = b.bytes();
        if (Elements.at(a.dtype(), ZEROS, 0).isEmpty()
                || Elements.at(b.dtype(), ZEROS, 0).isEmpty()) {
            worst(a.dtype() == b.dtype() && left.mismatch(right) < 0);
            return;
        }
        double dot = 0;
        double normA = 0;
        double normB = 0;
        double noise = 0;
        boolean broken = false;
        long missing = 0;
        for (long i = 0; i < a.elements(); i++) {
            double x = Elements.at(a.dtype(), left, i).orElseThrow();
            double y = Elements.at(b.dtype(), right, i).orElseThrow();
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                missing++;
                broken |= Double.compare(x, y) != 0;
                continue;
            }
            dot += x * y;
            normA += x * x;
            normB += y * y;
            double gap = a.dtype() == b.dtype()
                    ? Elements.distance(a.dtype(), left, right, i).orElseThrow()
                    : Math.abs(x - y);
            noise += gap * gap;
            maxAbs = Math.max(maxAbs, gap);
        }
        nonFinite = Math.max(nonFinite, missing);
        if (broken) {
            worst(false);
            return;
        }
        double similarity = noise == 0 ? 1 : normA == 0 || normB == 0 ? 0 : dot / Math.sqrt(normA * normB);
        cosine = Math.min(cosine, Math.clamp(similarity, -1.0, 1.0));
        sqnrDb = Math.min(sqnrDb, noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(normA / noise));
    }

    private void worst(boolean equal) {
        if (!equal) {
            cosine = -1;
            sqnrDb = Double.NEGATIVE_INFINITY;
            maxAbs = Double.POSITIVE_INFINITY;
        }
    }

    OutputDifference result() {
        return new OutputDifference(name, cosine, sqnrDb, maxAbs, elements, nonFinite);
    }

    private static final MemorySegment ZEROS =
            MemorySegment.ofArray(new byte[16]).asReadOnly();
}
