package dev.lathe.app.theme;

import dev.lathe.app.ui.Palette;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// The present theme of the program, and the scenes that wear it.
public final class Look {
    /// Inter with tabular figures, bundled.
    public static final String FONT = "Lathe Inter";

    private static final List<String> FONT_FILES = List.of("LatheInter-Regular.otf", "LatheInter-Bold.otf");

    private final ReadOnlyObjectWrapper<Theme> theme;
    private final java.util.Set<Scene> scenes = java.util.Collections.newSetFromMap(new java.util.WeakHashMap<>());

    public Look(Theme start) {
        theme = new ReadOnlyObjectWrapper<>(start);
        loadFonts();
        Application.setUserAgentStylesheet(start.base());
    }

    public ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }

    public ObservableValue<Palette> palette() {
        return theme.map(Theme::palette);
    }

    public void setTheme(Theme next) {
        if (next != theme.get()) {
            Application.setUserAgentStylesheet(next.base());
            theme.set(next);
            scenes.forEach(this::mark);
        }
    }

    /// Dresses a scene now and at each change of theme.
    public void wear(Scene scene) {
        URL css = Objects.requireNonNull(Look.class.getResource("/dev/lathe/app/lathe.css"), "lathe.css");
        scene.getStylesheets().add(css.toExternalForm());
        URL panes = Look.class.getResource("/dev/lathe/app/panes.css");
        if (panes != null) {
            scene.getStylesheets().add(panes.toExternalForm());
        }
        scenes.add(scene);
        mark(scene);
    }

    private void mark(Scene scene) {
        List<String> classes = scene.getRoot().getStyleClass();
        for (Theme t : Theme.values()) {
            classes.remove(t.styleClass());
        }
        classes.add(theme.get().styleClass());
    }

    private static void loadFonts() {
        for (String file : FONT_FILES) {
            try (InputStream in = Look.class.getResourceAsStream("/dev/lathe/assets/fonts/" + file)) {
                // Without the font the window falls back to DejaVu Sans: uglier, not broken.
                if (in != null) {
                    byte[] bytes = in.readAllBytes();
                    Font.loadFont(new ByteArrayInputStream(bytes), 13);
                    // The charts measure and name their text with AWT.
                    GraphicsEnvironment.getLocalGraphicsEnvironment()
                            .registerFont(java.awt.Font.createFont(
                                    java.awt.Font.TRUETYPE_FONT, new ByteArrayInputStream(bytes)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (FontFormatException e) {
                throw new IllegalStateException(file + " is no font that the charts can use", e);
            }
        }
    }
}
