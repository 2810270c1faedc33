package dev.lathe.app.toolbar;

import dev.lathe.app.parts.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// All commands of the window: keys find them here, and so does the palette.
public final class Commands {
    private final List<Command> all = new ArrayList<>();

    public void add(Command command) {
        if (find(command.id()).isPresent()) {
            throw new IllegalArgumentException("two commands with the id " + command.id());
        }
        all.add(command);
    }

    public List<Command> all() {
        return List.copyOf(all);
    }

    public Optional<Command> find(String id) {
        return all.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /// The commands in whose title every word of `query` occurs, those whose title starts with it first.
    public List<Command> matching(String query) {
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        List<String> words = List.of(wanted.split("\\s+"));
        return all.stream()
                .filter(c -> words.stream()
                        .allMatch(w -> c.title().toLowerCase(Locale.ROOT).contains(w)))
                .sorted(java.util.Comparator.comparing(
                        c -> c.title().toLowerCase(Locale.ROOT).startsWith(wanted) ? 0 : 1))
                .toList();
    }

    /// Makes the keys work everywhere in the scene; a key without a modifier is left to a text field that has the
    /// focus. While a popover or dialog is open all keys are its own.
    public void listenTo(Scene scene, Overlay overlay) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (overlay.isOpen()) {
                overlay.key(e);
                return;
            }
            Node owner = scene.getFocusOwner();
            boolean typing = owner instanceof TextInputControl;
            for (Command c : all) {
                boolean matches = c.key().map(k -> k.match(e)).orElse(false);
                boolean plain =
                        !e.isShortcutDown() && !e.isAltDown() && !e.getCode().isFunctionKey();
                if (matches && !(typing && plain) && c.possible().getAsBoolean()) {
                    c.act().run();
                    e.consume();
                    return;
                }
            }
            if (typing && e.getCode() == KeyCode.ESCAPE && owner != null) {
                owner.getParent().requestFocus();
            }
        });
    }
}
