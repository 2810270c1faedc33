package dev.lathe.app.compare;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// Says, where kept measurements are chosen, which of their files cannot be read and so are not among them.
final class DamagedRuns extends Label {
    private static final int NAMED = 3;

    DamagedRuns() {
        setId("runs-damaged");
        getStyleClass().setAll("label", "pane-problem");
        setWrapText(true);
        setMaxWidth(Double.MAX_VALUE);
        setMinHeight(USE_PREF_SIZE);
        show(List.of());
    }

    void show(List<Diagnostic> troubles) {
        setVisible(!troubles.isEmpty());
        setManaged(!troubles.isEmpty());
        setText(words(troubles));
        setTooltip(
                troubles.isEmpty()
                        ? null
                        : new Tooltip(String.join(
                                "\n", troubles.stream().map(Diagnostic::line).toList())));
    }

    /// Names the files, by their names alone; the first of many.
    static String words(List<Diagnostic> troubles) {
        if (troubles.isEmpty()) {
            return "";
        }
        List<String> files = new ArrayList<>(troubles.stream()
                .limit(NAMED)
                .map(d -> file(d).map(f -> f.getFileName() + ": ").orElse("") + d.message())
                .toList());
        if (troubles.size() > NAMED) {
            files.add("and " + (troubles.size() - NAMED) + " more");
        }
        return String.join("\n", files);
    }

    private static Optional<Path> file(Diagnostic d) {
        return d.place() instanceof Place.InFile f ? Optional.of(f.file()) : Optional.empty();
    }
}
