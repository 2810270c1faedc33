package dev.lathe.app.variants;

import dev.lathe.app.project.Action;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.VariantId;
import java.util.List;
import java.util.function.Consumer;

/// The rows of the variants tree, and what can be done with them.
public final class VariantsViewModel {
    private final Store store;

    public VariantsViewModel(Store store) {
        this.store = store;
    }

    /// Parents before their children; called now and whenever a row changes.
    public void onRows(Consumer<List<VariantRow>> listener) {
        store.observe(VariantsViewModel::rows, listener);
    }

    public void onSelected(Consumer<VariantId> listener) {
        store.observe(Project::selected, listener);
    }

    /// Tells the selected variant once, now.
    public void onceSelected(Consumer<VariantId> listener) {
        listener.accept(store.state().selected());
    }

    static List<VariantRow> rows(Project p) {
        return p.variants().stream().map(v -> VariantRow.of(p, v)).toList();
    }

    public void select(VariantId id) {
        store.dispatch(new Action.SelectVariant(id));
    }

    public void rename(VariantId id, String name) {
        if (!name.isBlank()) {
            store.dispatch(new Action.RenameVariant(id, name.strip()));
        }
    }

    public void remove(VariantId id) {
        store.dispatch(new Action.RemoveVariant(id));
    }
}
