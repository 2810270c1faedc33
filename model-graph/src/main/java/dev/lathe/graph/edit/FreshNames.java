package dev.lathe.graph.edit;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Names for what joins others: kept where they are free, otherwise with `_2`, `_3` … behind. One name always
/// becomes the same other one, so that what shares a name goes on to do so.
final class FreshNames implements UnaryOperator<String> {
    private final Set<String> there;
    private final Set<String> taken;
    private final Map<String, String> given = new HashMap<>();

    /// @param there names that those who join must not have
    /// @param own names of those who join
    FreshNames(Set<String> there, Set<String> own) {
        this.there = there;
        this.taken = new HashSet<>(there);
        taken.addAll(own);
    }

    /// Tensors of `second`, next to those of `first`; graphs inside nodes count.
    static FreshNames ofTensors(Graph first, Graph second) {
        return new FreshNames(tensors(first), tensors(second));
    }

    private static Set<String> tensors(Graph graph) {
        Set<String> names = new HashSet<>();
        Consumer<Graph> enter = g -> g.values().stream().map(Value::name).forEach(names::add);
        graph.forEachGraph(enter);
        return names;
    }

    /// Lets a name become that of something that is there.
    void let(String name, String be) {
        given.put(name, be);
    }

    @Override
    public String apply(String name) {
        return given.computeIfAbsent(name, n -> n.isEmpty() || !there.contains(n) ? n : free(n));
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}
