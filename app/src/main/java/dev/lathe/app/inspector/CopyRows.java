package dev.lathe.app.inspector;

import dev.lathe.app.parts.FactRows;
import dev.lathe.app.parts.Section;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.Transfer;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// The section on what each run copies from device to device: a row for each tensor, the longest first, that selects
/// it.
final class CopyRows {
    private static final int MOST = 12;

    private CopyRows() {}

    static Section of(List<Transfer> copies, Consumer<Selection> pick) {
        FactRows rows = new FactRows();
        copies.stream()
                .sorted(Comparator.comparing(Transfer::p50).reversed())
                .limit(MOST)
                .forEach(t -> add(rows, t, pick));
        if (copies.size() > MOST) {
            rows.add("and " + (copies.size() - MOST) + " more", "", "");
        }
        Section section = new Section("Copies between devices").content(rows);
        return copies.size() > 1 ? section.hint(TensorCopy.amounts(copies)) : section;
    }

    private static void add(FactRows rows, Transfer t, Consumer<Selection> pick) {
        List<Transfer> one = List.of(t);
        Label name = rows.add(t.tensor(), TensorCopy.amounts(one), TensorCopy.way(one));
        name.setTooltip(new Tooltip(t.tensor() + "\n" + TensorCopy.words(one) + " in each run, the median of "
                + Numbers.grouped(t.samples()) + " profiled; p90 " + Numbers.time(t.p90())
                + (t.count() > 1 ? "\n" + Numbers.grouped(t.count()) + " copies" : "")
                + (t.kernel().isEmpty() ? "" : "\nby kernel " + t.kernel())));
        t.value().ifPresent(v -> rows.pick(() -> pick.accept(Selection.value(v))));
    }
}
