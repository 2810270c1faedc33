package dev.lathe.graph.edit;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tensors that a node may use, by the names that [ValueNames] gives them. Mostly that is the only tensor that has
/// the name in its file, which is found by looking; only for others, and when many are asked for, all names are put
/// together.
final class NamesInScope implements GraphText.Scope {
    /// So many looks cost less than a table.
    private static final int FEW = 8;

    /// What [ValueNames] calls tensors without a name, and those of a graph around `root`.
    private static final String UNNAMED = "value";

    private static final String OUTER = "outer";
    private static final Pattern NUMBERED = Pattern.compile("(.*)_[0-9]+", Pattern.DOTALL);

    private final Graph root;
    private final List<Graph> visible;
    private int looks;
    private @Nullable Map<String, ValueId> all;

    /// @param visible the graphs from `root` to that of the node, outermost first
    NamesInScope(Graph root, List<Graph> visible) {
        this.root = root;
        this.visible = visible;
    }

    @Override
    public Optional<ValueId> find(String name) {
        if (all == null && looks++ < FEW) {
            List<ValueId> having = having(name);
            if (having.size() == 1) {
                return Optional.of(having.getFirst()).filter(this::isVisible);
            }
            if (having.isEmpty() && !isMadeUp(name)) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(all().get(name));
    }

    /// At most two.
    private List<ValueId> having(String name) {
        List<ValueId> found = new ArrayList<>(2);
        root.forEachGraph(g -> {
            for (Value v : g.values()) {
                if (v.name().equals(name) && found.size() < 2) {
                    found.add(v.id());
                }
            }
        });
        return found;
    }

    /// Whether a tensor might be called so that shares its name with another, or has none.
    private boolean isMadeUp(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return name.isEmpty()
                || name.equals(UNNAMED)
                || numbered.matches()
                        && (numbered.group(1).equals(UNNAMED)
                                || numbered.group(1).equals(OUTER)
                                || having(numbered.group(1)).size() > 1);
    }

    private boolean isVisible(ValueId id) {
        return visible.stream().anyMatch(g -> g.value(id).isPresent());
    }

    private Map<String, ValueId> all() {
        Map<String, ValueId> there = all;
        if (there == null) {
            Map<String, ValueId> found = new HashMap<>();
            ValueNames names = ValueNames.of(root);
            visible.forEach(g -> g.values().forEach(v -> found.put(names.of(v.id()), v.id())));
            there = found;
            all = there;
        }
        return there;
    }
}
