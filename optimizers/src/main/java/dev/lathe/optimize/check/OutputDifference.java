package dev.lathe.optimize.check;

/// How one output of two models differs over seeded inputs, worst over the samples: cosine similarity;
/// signal-to-quantization-noise ratio 10·log10(Σa² / Σ(a−b)²) in dB (infinite when equal); largest absolute
/// difference; how many of its elements are NaN or infinite in one of the two models, where all others are
/// compared.
public record OutputDifference(
        String name, double cosine, double sqnrDb, double maxAbs, long elements, long nonFinite) {}
