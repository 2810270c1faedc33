package dev.lathe.app.project;

/// A variant's identity within a [Project]; the source model is [#SOURCE].
public record VariantId(int number) implements Comparable<VariantId> {
    public static final VariantId SOURCE = new VariantId(0);

    @Override
    public int compareTo(VariantId other) {
        return Integer.compare(number, other.number);
    }
}
