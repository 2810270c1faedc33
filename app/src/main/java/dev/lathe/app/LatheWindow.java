package dev.lathe.app;

import dev.lathe.app.dialogs.EditMenu;
import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.jobs.JobsView;
import dev.lathe.app.jobs.JobsViewModel;
import dev.lathe.app.packs.PacksViewModel;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.FrameQueue;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.parts.Pane;
import dev.lathe.app.parts.WholeText;
import dev.lathe.app.program.ProgramView;
import dev.lathe.app.program.ProgramViewModel;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.shell.BottomTabs;
import dev.lathe.app.shell.CrumbBar;
import dev.lathe.app.shell.Frame;
import dev.lathe.app.shell.GraphLink;
import dev.lathe.app.shell.Settings;
import dev.lathe.app.shell.StatusBar;
import dev.lathe.app.shell.WorkArea;
import dev.lathe.app.start.StartPage;
import dev.lathe.app.theme.Look;
import dev.lathe.app.timeline.TimelineViewModel;
import dev.lathe.app.toolbar.CommandPalette;
import dev.lathe.app.toolbar.Commands;
import dev.lathe.app.toolbar.MachineViewModel;
import dev.lathe.app.toolbar.ToolBarView;
import dev.lathe.app.variants.VariantsView;
import dev.lathe.app.variants.VariantsViewModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The real window as a scene: what [LatheApplication] puts on a stage, tests click on, and pictures are taken of.
public final class LatheWindow {
    private final Workbench workbench;
    private final Settings settings;
    private final Look look;
    private final BottomTabs tabs;
    private final MachineViewModel machine;
    private final Commands commands = new Commands();
    private final Scene scene;
    private final FrameQueue frames;
    private final GraphViewModel graph;
    private final TimelineViewModel timeline;
    private final JobsViewModel jobs;
    private final StartPage start;

    LatheWindow(Workbench workbench, Settings settings, Look look, Path sampleFolder, Wiring.Panes panes) {
        this.workbench = workbench;
        this.settings = settings;
        this.look = look;
        Store store = workbench.store();
        Overlay overlay = new Overlay();
        machine = new MachineViewModel(workbench, Platform::runLater);
        jobs = new JobsViewModel(workbench.jobs(), Platform::runLater);
        graph = panes.graphModel();
        timeline = panes.timeline();
        List<Pane> bottom = new ArrayList<>(panes.bottom());
        bottom.add(new JobsView(jobs));
        tabs = new BottomTabs(bottom);
        WindowCommands made = new WindowCommands(workbench, commands, overlay, settings, look);
        made.addModelCommands();
        EditMenu edits = new EditMenu(
                workbench,
                overlay,
                () -> graph.tree().filter(t -> store.state().shownRuntimeGraph().isEmpty()));
        edits.offer("Show values", "mdi2m-matrix", "show-tensor-values", () -> {
            tabs.choose("Values");
            panes.lookAtValues().run();
        });
        made.addEditCommand(edits);
        made.addMachineCommands(machine, new PacksViewModel(workbench, Platform::runLater, machine::look));
        made.addViewCommands(tabs, graph, jobs);
        CommandPalette palette = new CommandPalette(commands, overlay, query -> SearchHits.of(store, query));
        made.addProgramCommands(palette::open);
        ToolBarView toolbar = new ToolBarView(store, commands);
        made.hangOn(toolbar::anchor);
        panes.findings().onApply(made::optimizeWith);
        start = new StartPage(
                workbench,
                settings,
                sampleFolder,
                commands.find("open").orElseThrow(),
                machine::look,
                Stream.of("run", "optimize", "split", "export")
                        .flatMap(id -> commands.find(id).stream())
                        .toList(),
                Stream.of("palette", "open", "theme", "settings", "keys")
                        .flatMap(id -> commands.find(id).stream())
                        .filter(c -> !c.keyText().isEmpty())
                        .toList(),
                look.palette());
        machine.devices().addListener((o, a, found) -> start.showDevices(found));
        CrumbBar crumbs = new CrumbBar(
                graph,
                c -> store.dispatch(new Action.SetColourBy(c)),
                g -> store.dispatch(new Action.ShowGraph(g)),
                panes.zoom());
        GraphLink.tie(store, graph, crumbs, panes.findings().marked());
        graph.onMenu((x, y) -> edits.show(panes.graph(), x, y));
        Region outline = sidePane(panes.outline());
        // A click of the right button has selected the row before it asks for the menu.
        outline.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, e -> {
            edits.show(outline, e.getScreenX(), e.getScreenY());
            e.consume();
        });
        ProgramViewModel program = new ProgramViewModel(workbench, Wiring.onFx(), new ProgramMemory(settings));
        Runnable openPacks = () -> commands.find("packs").orElseThrow().run();
        made.addProgramCommand(program);
        machine.devices().addListener((o, a, found) -> program.look());
        BorderPane centre = new BorderPane(new StackPane(
                panes.graph(),
                new ProgramView(
                        program, () -> commands.find("run").orElseThrow().run(), openPacks)));
        centre.setTop(crumbs);
        centre.setMinSize(0, 0);
        VariantsView variants = new VariantsView(
                new VariantsViewModel(store),
                panes.frames(),
                () -> commands.find("optimize").orElseThrow().run(),
                () -> commands.find("export").orElseThrow().run());
        WorkArea work =
                new WorkArea(settings, variants, outline, centre, sidePane(panes.inspector(), edits.button()), tabs);
        Frame frame = new Frame(
                workbench,
                toolbar,
                start,
                work,
                new StatusBar(store, jobs),
                overlay,
                commands.find("open").orElseThrow(),
                commands.find("packs").orElseThrow());
        store.observe(Project::opening, opening -> {
            if (opening instanceof Opening.Opened(Path file)) {
                // Nobody sees it now: after the panes of the model.
                panes.frames().execute(() -> {
                    settings.addRecent(file, Instant.now());
                    start.refresh();
                });
            }
        });
        frames = panes.frames();
        scene = new Scene(frame, 1600, 1000);
        look.wear(scene);
        commands.listenTo(scene, overlay);
        WholeText.tellIn(scene);
    }

    /// Inputs of programs, by their files.
    private record ProgramMemory(Settings settings) implements ProgramViewModel.Memory {
        @Override
        public Optional<String> inputsOf(Path file) {
            return settings.text(key(file));
        }

        @Override
        public void keep(Path file, String inputs) {
            settings.set(key(file), inputs);
            settings.saveSoon();
        }

        private static String key(Path file) {
            return "program.inputs." + file.toAbsolutePath();
        }
    }

    private static Region sidePane(Pane pane, Node... more) {
        BorderPane region = new BorderPane(pane.node());
        region.setTop(Controls.paneHeader(
                pane.icon(),
                pane.title(),
                Stream.concat(Stream.of(more), pane.tools().stream()).toArray(Node[]::new)));
        region.getStyleClass().addAll("pane", "in-pane");
        return region;
    }

    public Scene scene() {
        return scene;
    }

    public Workbench workbench() {
        return workbench;
    }

    /// What fills the panes of a model that was just opened, with one frame each.
    public FrameQueue frames() {
        return frames;
    }

    public BottomTabs tabs() {
        return tabs;
    }

    public Commands commands() {
        return commands;
    }

    public GraphViewModel graph() {
        return graph;
    }

    public TimelineViewModel timeline() {
        return timeline;
    }

    public JobsViewModel jobs() {
        return jobs;
    }

    public Look look() {
        return look;
    }

    /// Begins what a started window does by itself: it looks at the machine.
    public void begin() {
        machine.look();
        start.readSamples();
    }

    /// Keeps the settings and ends all jobs.
    public void end() {
        settings.close();
        workbench.close();
    }
}
