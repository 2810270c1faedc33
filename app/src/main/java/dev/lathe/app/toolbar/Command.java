package dev.lathe.app.toolbar;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCombination;

/// Something that the user can have done: a button, a menu entry, a key, and a line of the command palette.
public record Command(
        String id, String title, String icon, Optional<KeyCombination> key, BooleanSupplier possible, Runnable act) {

    public static Command of(String id, String title, String icon, String key, BooleanSupplier possible, Runnable act) {
        return new Command(
                id,
                title,
                icon,
                key.isEmpty() ? Optional.empty() : Optional.of(KeyCombination.keyCombination(key)),
                possible,
                act);
    }

    /// The key as people write it, e.g. `Ctrl+K`; empty when it has none.
    public String keyText() {
        return key.map(k -> k.getDisplayText().replace("Escape", "Esc")).orElse("");
    }

    public void run() {
        if (possible.getAsBoolean()) {
            act.run();
        }
    }
}
