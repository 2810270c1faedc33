package dev.lathe.profile.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names in groups that grow together (union-find). Groups and their names come in the order in which they were added.
final class Together {
    private final Map<String, String> parents = new LinkedHashMap<>();

    void add(String name) {
        parents.putIfAbsent(name, name);
    }

    void join(String a, String b) {
        add(a);
        add(b);
        String x = root(a);
        String y = root(b);
        if (!x.equals(y)) {
            parents.put(y, x);
        }
    }

    private String root(String name) {
        String at = name;
        for (String up = parents.getOrDefault(at, at); !up.equals(at); up = parents.getOrDefault(at, at)) {
            // Halves the way for the next.
            parents.put(at, parents.getOrDefault(up, up));
            at = up;
        }
        return at;
    }

    List<List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        List.copyOf(parents.keySet())
                .forEach(n ->
                        groups.computeIfAbsent(root(n), r -> new ArrayList<>()).add(n));
        return List.copyOf(groups.values());
    }
}
