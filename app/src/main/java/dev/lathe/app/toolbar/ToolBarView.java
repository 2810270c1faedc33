package dev.lathe.app.toolbar;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.StepWords;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.ui.Numbers;
import dev.lathe.core.OneLine;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The toolbar: a button for each command of the main job, the device, the sizes, and the search field.
public final class ToolBarView extends HBox {
    private static final double SEARCH_WIDTH = 296;

    private final Commands commands;
    private final List<Runnable> refreshes = new ArrayList<>();
    private final Button run;
    private final Button device;
    private final Button dims;
    private final Label dimNames = Controls.label("", "muted");
    private final Label dimSizes = Controls.label("", "strong");
    private final Label searchWords = Controls.label("Search commands, layers, tensors", "muted");
    private final HBox searchContent = new HBox(6);
    private final List<Button> worded = new ArrayList<>();

    public ToolBarView(Store store, Commands commands) {
        this.commands = commands;
        getStyleClass().add("toolbar");
        run = button("run", "run-button");
        run.setId("run-button");
        device = chooser("device", "mdi2c-cpu-64-bit");
        device.setId("device-button");
        dims = chooser("dims", "");
        dims.setId("dims-button");
        HBox sizes = new HBox(6, dimNames, dimSizes, chevron());
        sizes.setAlignment(Pos.CENTER_LEFT);
        dims.setGraphic(sizes);
        // Names give way, numbers do not.
        dimNames.setMinWidth(0);
        dimSizes.setMinWidth(USE_PREF_SIZE);
        device.setMinWidth(USE_PREF_SIZE);
        getChildren()
                .addAll(
                        button("open", "ghost-button"),
                        Controls.verticalRule(),
                        run,
                        device,
                        dims,
                        Controls.verticalRule(),
                        button("optimize", "ghost-button"),
                        button("split", "ghost-button"),
                        button("compare", "ghost-button"),
                        button("export", "ghost-button"),
                        Controls.gap(),
                        told(icon("undo"), "Undo", () -> StepWords.undo(store)),
                        told(icon("redo"), "Redo", () -> StepWords.redo(store)),
                        Controls.verticalRule(),
                        search(),
                        icon("theme"),
                        icon("settings"));
        store.listen(this::show);
        show(store.state());
        widthProperty().addListener((o, before, now) -> fit());
    }

    /// In a narrow window words give way, the least telling first, rather than all of them being cut: those of the
    /// search field, the names of the sizes, then those of the buttons, whose tooltips have them still.
    private void fit() {
        for (int gone = 0; gone <= 3; gone++) {
            searchWords.setVisible(gone < 1);
            searchWords.setManaged(gone < 1);
            searchContent.setPrefWidth(gone < 1 ? SEARCH_WIDTH : USE_COMPUTED_SIZE);
            boolean names = gone < 2 || dimSizes.getText().isEmpty();
            dimNames.setVisible(names);
            dimNames.setManaged(names);
            for (Button b : worded) {
                b.setContentDisplay(gone < 3 ? ContentDisplay.LEFT : ContentDisplay.GRAPHIC_ONLY);
            }
            if (getWidth() <= 0 || prefWidth(-1) <= getWidth()) {
                return;
            }
        }
    }

    /// Where the popovers of these buttons hang.
    public Node anchor(String command) {
        Node found = lookup("#tool-" + command);
        return found != null ? found : command.equals("device") ? device : command.equals("dims") ? dims : this;
    }

    /// Looks again at what is possible, for states that are not part of the project.
    public void refresh() {
        refreshes.forEach(Runnable::run);
    }

    private void show(Project p) {
        boolean running = p.run().running();
        run.setText(running ? "Stop" : "Run");
        run.getStyleClass().removeAll("run-button", "plain-button", "stop-button");
        run.getStyleClass().addAll(running ? List.of("plain-button", "stop-button") : List.of("run-button"));
        if (run.getGraphic() instanceof FontIcon icon) {
            icon.setIconLiteral(running ? "mdi2s-stop" : "mdi2p-play");
        }
        device.setText(p.placed()
                .map(s -> "as placed · " + s.stages().size() + " stages")
                .or(() -> p.device().map(d -> shortName(d) + settings(p, d)))
                .orElse("no device yet"));
        Set<String> free = Workbench.freeDims(p);
        dimNames.setText(
                free.isEmpty() ? (p.isOpen() ? "fixed sizes" : "sizes") : OneLine.of(String.join(" × ", free)));
        dimSizes.setText(
                free.isEmpty()
                        ? (p.isOpen() ? "" : Numbers.UNKNOWN)
                        : free.stream()
                                .map(n -> p.dims().sizes().containsKey(n)
                                        ? String.valueOf(p.dims().sizes().get(n))
                                        : "?")
                                .collect(Collectors.joining(" × ")));
        dims.getTooltip().setText(command("dims").title() + sizesInWords(p, free));
        fit();
        refresh();
    }

    private static String sizesInWords(Project p, Set<String> free) {
        return free.stream()
                .map(n -> "\n" + n + " = "
                        + Optional.ofNullable(p.dims().sizes().get(n))
                                .map(Object::toString)
                                .orElse("not set"))
                .collect(Collectors.joining());
    }

    /// The processor's model name is long and says little: cores and the feature that matters for int8 say more.
    static String shortName(Device d) {
        if (d.kind() != DeviceKind.CPU) {
            return d.name();
        }
        int cores = d.cores().isEmpty()
                ? Runtime.getRuntime().availableProcessors()
                : d.cores().size();
        String feature = Stream.of("VNNI", "AMX", "AVX512", "AVX2", "NEON")
                .flatMap(wanted -> d.features().stream()
                        .filter(f -> f.toUpperCase(Locale.ROOT).contains(wanted)))
                .findFirst()
                .map(f -> " · " + f)
                .orElse("");
        return "CPU · " + cores + (cores == 1 ? " core" : " cores") + feature;
    }

    /// What of the next runs is not as usual.
    private static String settings(Project p, Device d) {
        int usual = RunTarget.usual(EngineCatalog.DEFAULT, d).threads();
        return (p.threads() == usual ? "" : " · " + p.threads() + (p.threads() == 1 ? " thread" : " threads"))
                + (p.setup().level() == SessionConfig.USUAL
                        ? ""
                        : " · " + p.setup().level().name().toLowerCase(Locale.ROOT));
    }

    private Button button(String id, String styleClass) {
        Command c = command(id);
        Button button = Controls.button(c.icon(), shortTitle(c), styleClass, c::run);
        button.setMinWidth(USE_PREF_SIZE);
        if (styleClass.equals("ghost-button") && !id.equals("open")) {
            worded.add(button);
        }
        return wired(button, c);
    }

    private Button icon(String id) {
        Command c = command(id);
        return wired(Controls.iconButton(c.icon(), c.title(), c::run), c);
    }

    /// The tooltip tells which step it is, where there is a word for it.
    private Button told(Button button, String verb, Supplier<Optional<String>> step) {
        String otherwise = button.getTooltip().getText();
        refreshes.add(() -> button.getTooltip()
                .setText(step.get().map(s -> verb + " “" + s + "”").orElse(otherwise)));
        return button;
    }

    private Button wired(Button button, Command c) {
        button.setId("tool-" + c.id());
        button.setFocusTraversable(true);
        button.setTooltip(new Tooltip(c.title() + (c.keyText().isEmpty() ? "" : "  (" + c.keyText() + ")")));
        refreshes.add(() -> button.setDisable(!c.possible().getAsBoolean()));
        return button;
    }

    private Button chooser(String id, String icon) {
        Command c = command(id);
        Button button = new Button();
        button.getStyleClass().add("chooser");
        button.setOnAction(e -> c.run());
        if (!icon.isEmpty()) {
            button.setGraphic(Controls.icon(icon));
        }
        return wired(button, c);
    }

    private static Node chevron() {
        return Controls.icon("mdi2c-chevron-down", "chevron");
    }

    private Button search() {
        Command c = command("palette");
        Label key = Controls.label(c.keyText(), "key-cap");
        key.setMinWidth(USE_PREF_SIZE);
        searchContent.getChildren().setAll(Controls.icon("mdi2m-magnify", "muted"), searchWords, Controls.gap(), key);
        searchContent.setAlignment(Pos.CENTER_LEFT);
        Button button = new Button("", searchContent);
        button.getStyleClass().add("search-button");
        button.setOnAction(e -> c.run());
        return wired(button, c);
    }

    /// `Optimize…` of the palette is `Optimize` on its button.
    private static String shortTitle(Command c) {
        return switch (c.id()) {
            case "run" -> "Run";
            case "open" -> "Open";
            case "optimize" -> "Optimize";
            case "split" -> "Split";
            case "compare" -> "Compare";
            case "export" -> "Export";
            default -> c.title();
        };
    }

    private Command command(String id) {
        return commands.find(id).orElseThrow(() -> new IllegalStateException("no command " + id));
    }
}
