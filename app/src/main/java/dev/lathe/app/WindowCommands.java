package dev.lathe.app;

import dev.lathe.app.dialogs.DeviceList;
import dev.lathe.app.dialogs.DimsForm;
import dev.lathe.app.dialogs.EditMenu;
import dev.lathe.app.dialogs.ExportForm;
import dev.lathe.app.dialogs.KeyHelp;
import dev.lathe.app.dialogs.OptimizeForm;
import dev.lathe.app.dialogs.SettingsForm;
import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.jobs.JobsViewModel;
import dev.lathe.app.packs.PacksView;
import dev.lathe.app.packs.PacksViewModel;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.parts.Pane;
import dev.lathe.app.program.ProgramForm;
import dev.lathe.app.program.ProgramState;
import dev.lathe.app.program.ProgramViewModel;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.GraphSide;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.SourceKind;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.shell.BottomTabs;
import dev.lathe.app.shell.Settings;
import dev.lathe.app.theme.Look;
import dev.lathe.app.theme.Theme;
import dev.lathe.app.toolbar.Command;
import dev.lathe.app.toolbar.Commands;
import dev.lathe.app.toolbar.MachineViewModel;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.stage.FileChooser;

/// Every command of the window, made once: what it is called, its key, when it is possible, what it does.
final class WindowCommands {
    private final Workbench workbench;
    private final Store store;
    private final Commands commands;
    private final Overlay overlay;
    private final Settings settings;
    private final Look look;
    private Function<String, Node> anchors = id -> new javafx.scene.layout.Region();

    WindowCommands(Workbench workbench, Commands commands, Overlay overlay, Settings settings, Look look) {
        this.workbench = workbench;
        this.store = workbench.store();
        this.commands = commands;
        this.overlay = overlay;
        this.settings = settings;
        this.look = look;
    }

    /// Popovers hang below the button of their command.
    void hangOn(Function<String, Node> buttons) {
        anchors = buttons;
    }

    void addModelCommands() {
        BooleanSupplier always = () -> true;
        BooleanSupplier open = () -> store.state().isOpen();
        BooleanSupplier ready =
                () -> store.state().shown().flatMap(Variant::ready).isPresent();
        BooleanSupplier changeable =
                () -> ready.getAsBoolean() && store.state().kind().canBeChanged();
        add("open", "Open a model…", "mdi2f-folder-open-outline", "Shortcut+O", always, this::chooseFile);
        add(
                "run",
                "Run or stop",
                "mdi2p-play",
                "F5",
                () -> ready.getAsBoolean()
                        && deviceKnown()
                        && store.state().shownModel().filter(SourceKind::canRun).isPresent(),
                workbench::runOrStop);
        add(
                "export",
                "Export…",
                "mdi2e-export-variant",
                "Shortcut+E",
                ready,
                () -> overlay.showBelow(new ExportForm(workbench, overlay), anchors.apply("export")));
        add(
                "optimize",
                "Optimize: add a variant…",
                "mdi2t-tune-variant",
                "Shortcut+D",
                changeable,
                () -> overlay.showBelow(new OptimizeForm(workbench, overlay), anchors.apply("optimize")));
        add("dims", "Set the sizes of free dimensions…", "mdi2r-ruler-square", "", open, () -> {
            DimsForm form = new DimsForm(workbench, overlay);
            overlay.showBelow(form, anchors.apply("dims"));
            form.focusFirst();
        });
        add("undo", "Undo", "mdi2u-undo", "Shortcut+Z", store::canUndo, store::undo);
        add("redo", "Redo", "mdi2r-redo", "Shortcut+Shift+Z", store::canRedo, store::redo);
        add("close", "Close the model", "mdi2c-close", "Shortcut+W", open, workbench::closeModel);
    }

    /// Opens Optimize with this pass chosen.
    void optimizeWith(String pass) {
        if (!store.state().kind().canBeChanged()) {
            return;
        }
        OptimizeForm form = new OptimizeForm(workbench, overlay);
        overlay.showBelow(form, anchors.apply("optimize"));
        form.choose(pass);
    }

    void addEditCommand(EditMenu menu) {
        add("edit", "Edit the selection…", "mdi2p-pencil-outline", "F2", menu::possible, menu::openForm);
    }

    void addProgramCommand(ProgramViewModel program) {
        add(
                "program",
                "Say what the program is given…",
                "mdi2s-script-text-outline",
                "",
                () -> program.state().get().stage() != ProgramState.Stage.NONE,
                () -> {
                    ProgramForm form = new ProgramForm(program, overlay::close);
                    form.setPadding(new Insets(16));
                    overlay.showCentred(form);
                    form.focusField();
                });
    }

    void addMachineCommands(MachineViewModel machine, PacksViewModel packs) {
        Runnable openPacks = () -> overlay.showCentred(new PacksView(packs));
        add("packs", "Packs for devices: add or remove…", "mdi2e-expansion-card", "", () -> true, openPacks);
        add(
                "device",
                "Choose the device to run on…",
                "mdi2c-cpu-64-bit",
                "",
                () -> true,
                () -> overlay.showBelow(
                        new DeviceList(machine.devices().get(), workbench, overlay, openPacks),
                        anchors.apply("device")));
        add(
                "measure-device",
                "Measure what the device gives at most",
                "mdi2s-speedometer",
                "",
                () -> store.state().shownTarget().isPresent(),
                workbench::measureCeilings);
        add("check-devices", "Look for devices again", "mdi2r-refresh", "", () -> true, machine::look);
    }

    void addViewCommands(BottomTabs tabs, GraphViewModel graph, JobsViewModel jobs) {
        BooleanSupplier open = () -> store.state().isOpen();
        add(
                "split",
                "Split over devices",
                "mdi2c-call-split",
                "",
                () -> open.getAsBoolean() && store.state().kind().canBeChanged(),
                () -> tabs.choose("Schedule"));
        addTab("compare", "Compare variants", "mdi2c-compare", tabs, "Compare");
        List<Pane> panes = tabs.panes();
        for (int i = 0; i < panes.size(); i++) {
            Pane p = panes.get(i);
            add(
                    "show-" + p.title().toLowerCase(Locale.ROOT),
                    "Show " + p.title(),
                    p.icon(),
                    i < 9 ? "Alt+" + (i + 1) : "",
                    open,
                    () -> tabs.choose(p));
        }
        int digit = 1;
        for (ColourBy c : ColourBy.values()) {
            add(
                    "colour-by-" + c.name().toLowerCase(Locale.ROOT),
                    "Colour by " + c.label(),
                    "mdi2p-palette-outline",
                    Integer.toString(digit++),
                    () -> store.state().isOpen()
                            && (c != ColourBy.STAGE || store.state().placement().isPresent()),
                    () -> store.dispatch(new Action.SetColourBy(c)));
        }
        add(
                "show-runtime-graph",
                "Source or runtime graph",
                "mdi2s-swap-horizontal",
                "G",
                () -> store.state().runtimeGraph().isPresent(),
                () -> store.dispatch(new Action.ShowGraph(
                        store.state().shownRuntimeGraph().isPresent() ? GraphSide.SOURCE : GraphSide.RUNTIME)));
        add("fit", "Fit the graph", "mdi2f-fit-to-screen-outline", "0", open, graph::fit);
        add("fit-selection", "Fit the selection", "mdi2i-image-filter-center-focus", "F", open, graph::fitSelection);
        add("zoom-in", "Zoom in", "mdi2m-magnify-plus-outline", "Plus", open, () -> graph.zoom(1.25));
        add("zoom-out", "Zoom out", "mdi2m-magnify-minus-outline", "Minus", open, () -> graph.zoom(0.8));
        add(
                "collapse",
                "Collapse all blocks",
                "mdi2u-unfold-less-horizontal",
                "Shortcut+Shift+C",
                open,
                graph::collapseAll);
        // Escape takes away what is in front: a popover, then work in the background, then the selection, then the run.
        add(
                "cancel-job",
                "Cancel the newest job",
                "mdi2c-close",
                "Esc",
                () -> !overlay.isOpen()
                        && jobs.anyOpen()
                        && (!store.state().run().running()
                                || store.state().selection().equals(Selection.NONE)),
                jobs::cancelNewest);
        add(
                "clear-selection",
                "Clear the selection",
                "mdi2s-selection-off",
                "Esc",
                () -> !overlay.isOpen() && !store.state().selection().equals(Selection.NONE),
                () -> store.dispatch(new Action.Select(Selection.NONE)));
    }

    void addProgramCommands(Runnable palette) {
        add("palette", "Every command", "mdi2m-magnify", "Shortcut+K", () -> true, palette);
        add(
                "theme",
                "Switch between light and dark",
                "mdi2t-theme-light-dark",
                "",
                () -> true,
                () -> setTheme(look.theme().get().other()));
        add(
                "settings",
                "Settings…",
                "mdi2c-cog-outline",
                "Shortcut+Comma",
                () -> true,
                () -> overlay.showBelow(
                        new SettingsForm(
                                workbench,
                                look,
                                this::setTheme,
                                () -> commands.find("packs").ifPresent(Command::run)),
                        anchors.apply("settings")));
        add(
                "keys",
                "Keyboard help",
                "mdi2k-keyboard-outline",
                "F1",
                () -> true,
                () -> overlay.showCentred(new KeyHelp(commands)));
    }

    private void setTheme(Theme next) {
        look.setTheme(next);
        settings.set("theme", next.name());
        settings.saveSoon();
    }

    private boolean deviceKnown() {
        return store.state().device().isPresent();
    }

    private void addTab(String id, String title, String icon, BottomTabs tabs, String tab) {
        boolean there = tabs.panes().stream().anyMatch(p -> p.title().equals(tab));
        add(id, title, icon, "", () -> there && store.state().isOpen(), () -> tabs.choose(tab));
    }

    private void add(String id, String title, String icon, String key, BooleanSupplier possible, Runnable act) {
        commands.add(Command.of(id, title, icon, key, possible, act));
    }

    private void chooseFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open a model");
        List<String> patterns = workbench.services().files().extensions().stream()
                .map(e -> "*." + e)
                .toList();
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("Models", patterns),
                        new FileChooser.ExtensionFilter("All files", "*"));
        settings.recent().stream()
                .findFirst()
                .map(r -> r.file().getParent())
                .filter(java.nio.file.Files::isDirectory)
                .ifPresent(folder -> chooser.setInitialDirectory(folder.toFile()));
        Optional.ofNullable(chooser.showOpenDialog(overlay.getScene().getWindow()))
                .map(File::toPath)
                .ifPresent(workbench::open);
    }
}
