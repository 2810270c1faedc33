package dev.lathe.app.graph;

import dev.lathe.graph.ValueId;
import java.util.List;
import java.util.Map;

/// One box's output as a group sees it. `key` is the box that makes it, at any depth; `from` the child of
/// the group that holds that box, −1 when it comes in from outside. `targets` are the children it goes to,
/// each with the innermost boxes inside, and by `values` the first tensor that goes there; `leaves` those outside
/// the group.
record GroupNet(
        int key,
        int from,
        ValueId value,
        Map<Integer, ValueId> values,
        Map<Integer, List<Integer>> targets,
        List<Integer> leaves) {

    ValueId valueTo(int target) {
        return values.getOrDefault(target, value);
    }

    List<Integer> all() {
        List<Integer> to = new java.util.ArrayList<>(leaves);
        targets.values().forEach(to::addAll);
        return to;
    }
}
