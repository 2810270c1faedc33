package dev.lathe.graph;

/// A value's identity: unique within a [Model], so a subgraph uses an outer value simply by its id. [#ABSENT]
/// stands where an optional input or output is left out.
public record ValueId(int index) implements Comparable<ValueId> {
    public static final ValueId ABSENT = new ValueId(-1);

    public boolean isPresent() {
        return index >= 0;
    }

    @Override
    public int compareTo(ValueId other) {
        return Integer.compare(index, other.index);
    }
}
