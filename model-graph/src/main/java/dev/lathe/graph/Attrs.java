package dev.lathe.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node's attributes in file order. Nodes have few, so lookup is a scan.
public record Attrs(List<Entry> entries) {
    public static final Attrs NONE = new Attrs(List.of());

    /// One attribute; `extra` holds unmodelled fields such as its doc string.
    public record Entry(String name, Attr value, Extra extra) {}

    public Attrs {
        entries = List.copyOf(entries);
    }

    public Optional<Attr> find(String name) {
        for (Entry e : entries) {
            if (e.name().equals(name)) {
                return Optional.of(e.value());
            }
        }
        return Optional.empty();
    }

    public boolean has(String name) {
        return find(name).isPresent();
    }

    public long intOr(String name, long otherwise) {
        return find(name).orElse(Attr.of(otherwise)) instanceof Attr.IntAttr(long v) ? v : otherwise;
    }

    public float floatOr(String name, float otherwise) {
        return find(name).orElse(Attr.of(otherwise)) instanceof Attr.FloatAttr(float v) ? v : otherwise;
    }

    public String stringOr(String name, String otherwise) {
        return find(name).orElse(Attr.of(otherwise)) instanceof Attr.StringAttr(String v, boolean b) ? v : otherwise;
    }

    public Optional<List<Long>> ints(String name) {
        return find(name).flatMap(a -> a instanceof Attr.IntsAttr(List<Long> v) ? Optional.of(v) : Optional.empty());
    }

    public Optional<Tensor> tensor(String name) {
        return find(name).flatMap(a -> a instanceof Attr.TensorAttr(Tensor v) ? Optional.of(v) : Optional.empty());
    }

    public Optional<Graph> graph(String name) {
        return find(name).flatMap(a -> a instanceof Attr.GraphAttr(Graph v) ? Optional.of(v) : Optional.empty());
    }

    /// With `name` set to `value`, in its old place or at the end.
    public Attrs with(String name, Attr value) {
        List<Entry> next = new ArrayList<>(entries);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).name().equals(name)) {
                next.set(i, new Entry(name, value, next.get(i).extra()));
                return new Attrs(next);
            }
        }
        next.add(new Entry(name, value, Extra.NONE));
        return new Attrs(next);
    }

    public Attrs without(String name) {
        return new Attrs(entries.stream().filter(e -> !e.name().equals(name)).toList());
    }
}
