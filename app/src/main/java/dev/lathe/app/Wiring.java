package dev.lathe.app;

import dev.lathe.app.compare.CompareView;
import dev.lathe.app.findings.FindingsFeed;
import dev.lathe.app.findings.FindingsState;
import dev.lathe.app.findings.FindingsView;
import dev.lathe.app.findings.FindingsViewModel;
import dev.lathe.app.graph.GraphView;
import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.graph.ScopeTrees;
import dev.lathe.app.inspector.InspectorView;
import dev.lathe.app.layers.ColumnMemory;
import dev.lathe.app.layers.LayersView;
import dev.lathe.app.live.LiveView;
import dev.lathe.app.memory.MemoryView;
import dev.lathe.app.outline.OutlineView;
import dev.lathe.app.panes.PaneFeed;
import dev.lathe.app.panes.SidePane;
import dev.lathe.app.panes.SplitFeed;
import dev.lathe.app.panes.SweepFeed;
import dev.lathe.app.panes.ValuesFeed;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.FrameQueue;
import dev.lathe.app.parts.Pane;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.roofline.RooflineView;
import dev.lathe.app.shell.Settings;
import dev.lathe.app.split.DevicesView;
import dev.lathe.app.split.ScheduleView;
import dev.lathe.app.split.SplitWork;
import dev.lathe.app.sweep.SweepView;
import dev.lathe.app.theme.Look;
import dev.lathe.app.theme.Theme;
import dev.lathe.app.timeline.TimelineView;
import dev.lathe.app.timeline.TimelineViewModel;
import dev.lathe.app.values.ValuesView;
import dev.lathe.core.Jobs;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// Every constructor of the window, once: the services below it, the store, the panes.
public final class Wiring {
    private static final String LAYERS_COLUMNS = "layers.table";

    private Wiring() {}

    /// The panes that fill the frame's places, and the graph's view model that they share.
    public record Panes(
            GraphViewModel graphModel,
            Node graph,
            FrameQueue frames,
            ObservableValue<String> zoom,
            Pane outline,
            Pane inspector,
            List<Pane> bottom,
            FindingsViewModel findings,
            TimelineViewModel timeline,
            Runnable lookAtValues) {
        public Panes {
            bottom = List.copyOf(bottom);
        }
    }

    /// The window with the real services. On the FX thread.
    ///
    /// @param configuration where settings are kept and samples are unpacked
    public static LatheWindow window(Path configuration) {
        Jobs jobs = new Jobs();
        return window(configuration, jobs, WiredServices.ofThisUser());
    }

    /// The window with given services, for tests.
    public static LatheWindow window(Path configuration, Jobs jobs, Services services) {
        Settings settings = new Settings(configuration);
        Theme theme = settings.text("theme")
                .map(t -> t.toUpperCase(Locale.ROOT).equals("LIGHT") ? Theme.LIGHT : Theme.DARK)
                .orElse(Theme.DARK);
        Store store = new Store(onFx());
        Workbench workbench = new Workbench(store, jobs, services);
        Look look = new Look(theme);
        return new LatheWindow(
                workbench, settings, look, configuration.resolve("samples"), panes(workbench, look, settings));
    }

    private static Panes panes(Workbench workbench, Look look, Settings settings) {
        ScopeTrees scopes = new ScopeTrees();
        GraphViewModel graph = new GraphViewModel(workbench.jobs(), onFx(), scopes);
        GraphView canvas = new GraphView(graph);
        look.palette().subscribe(palette -> canvas.theme(palette.dark()));
        FrameQueue frames = new FrameQueue();
        PaneFeed feed =
                new PaneFeed(workbench.store(), workbench.jobs(), onFx(), frames, scopes, workbench::measureCeilings);
        LayersView layers = new LayersView(
                feed.layers(),
                look.palette(),
                new ColumnMemory(() -> settings.text(LAYERS_COLUMNS), text -> settings.set(LAYERS_COLUMNS, text)));
        LiveView live = new LiveView(
                feed.live(),
                look.palette(),
                Look.FONT,
                Controls.button("mdi2p-play", "Run", "run-button", workbench::run),
                Controls.label("F5", "key-cap"));
        CompareView compare = new CompareView(feed.compare(), feed.runs(), look.palette(), Look.FONT);
        RooflineView roofline = new RooflineView(feed.roofline(), look.palette(), Look.FONT);
        FindingsViewModel findings = FindingsFeed.of(workbench, onFx());
        FindingsView found = new FindingsView(
                findings,
                Controls.button("mdi2p-play", "Run", "run-button", workbench::run),
                Controls.label("F5", "key-cap"));
        SweepFeed sweeps = new SweepFeed(workbench.store(), workbench.sweeps());
        SweepView sweep = new SweepView(sweeps.model(), look.palette(), Look.FONT, sweeps::file);
        ValuesFeed tensors = new ValuesFeed(workbench, onFx());
        ValuesView values = new ValuesView(tensors.model(), look.palette(), tensors::pick);
        MemoryView memory = new MemoryView(feed.memory(), look.palette(), Look.FONT);
        TimelineView timeline = new TimelineView(
                feed.timeline(),
                look.palette(),
                Look.FONT,
                Controls.button("mdi2p-play", "Run", "run-button", workbench::run));
        OutlineView outline = new OutlineView(feed.outline(), look.palette());
        SplitFeed splitting = new SplitFeed(
                workbench,
                new SplitWork(() -> new WorkerRunner(WorkerLaunch.ofThisProcess())),
                graph,
                onFx(),
                frames,
                scopes);
        ScheduleView schedule = new ScheduleView(splitting.model(), look.palette(), Look.FONT);
        DevicesView devices = new DevicesView(splitting.model(), look.palette(), splitting::run, splitting::export);
        SidePane side = new SidePane(new InspectorView(feed.inspector(), look.palette(), frames), devices, schedule);
        return new Panes(
                graph,
                canvas,
                frames,
                canvas.zoomProperty().map(z -> Math.round(z.doubleValue() * 100) + " %"),
                Pane.of("Outline", "mdi2f-file-tree", outline, outline.tools().toArray(Node[]::new)),
                Pane.of("Inspector", "mdi2i-information-outline", side, side.tools()),
                List.of(
                        Pane.of("Live", "mdi2c-chart-line", live, live.tools()),
                        Pane.of("Layers", "mdi2t-table", layers, layers.tools()),
                        Pane.of("Timeline", "mdi2c-chart-gantt", timeline, timeline.tools()),
                        Pane.of("Memory", "mdi2m-memory", memory, memory.tools()),
                        Pane.of("Roofline", "mdi2c-chart-scatter-plot", roofline, roofline.tools()),
                        Pane.of("Sweep", "mdi2c-chart-bell-curve-cumulative", sweep, sweep.tools()),
                        Pane.of("Values", "mdi2m-matrix", values, values.tools()),
                        Pane.of("Schedule", "mdi2c-chart-timeline-variant", schedule, schedule.tools()),
                        Pane.of("Compare", "mdi2c-compare", compare, compare.tools()),
                        Pane.of("Findings", "mdi2l-lightbulb-on-outline", found, found.tools())
                                .withBadge(findings.state().map(FindingsState::badge))),
                findings,
                feed.timeline(),
                tensors.model()::look);
    }

    /// Runs at once on the FX thread, later from any other.
    static Executor onFx() {
        return task -> {
            if (Platform.isFxApplicationThread()) {
                task.run();
            } else {
                Platform.runLater(task);
            }
        };
    }
}
