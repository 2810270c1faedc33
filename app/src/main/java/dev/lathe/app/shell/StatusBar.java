package dev.lathe.app.shell;

import dev.lathe.app.jobs.JobRow;
import dev.lathe.app.jobs.JobsViewModel;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.ModelTitle;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.RunState;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.Dim;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfileRun;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The bar at the foot: what goes on, what was measured and how, and the figures of the shown model.
public final class StatusBar extends HBox {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final Region dot = new Region();
    private final Label state = Controls.label("");
    private final ProgressBar progress = new ProgressBar();
    private final Label detail = Controls.label("");
    private final Label nodes = Controls.label("");
    private final Label parameters = Controls.label("");
    private final Label size = Controls.label("");
    private final Label work = Controls.label("");
    private final Label peak = Controls.label("");
    private Optional<JobRow> front = Optional.empty();
    private Project project = Project.EMPTY;

    public StatusBar(Store store, JobsViewModel jobs) {
        getStyleClass().add("status-bar");
        setId("status-bar");
        dot.getStyleClass().add("status-dot");
        HBox left = new HBox(7, dot, state);
        left.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        // What goes on gives way in a narrow window, figures do not.
        left.setMinWidth(0);
        List.of(nodes, parameters, size, work, peak).forEach(l -> l.setMinWidth(USE_PREF_SIZE));
        getChildren().addAll(left, progress, detail, Controls.gap(), nodes, parameters, size, work, peak);
        store.listen(p -> {
            project = p;
            show();
        });
        jobs.onRows(rows -> {
            front = rows.stream().filter(JobRow::open).findFirst();
            show();
        });
    }

    private void show() {
        boolean working = front.isPresent() && !project.run().running();
        progress.setVisible(working);
        progress.setManaged(working);
        switch (project.run()) {
            case RunState.Running(var attempt, var variant, boolean stopping) -> {
                mark("good");
                state.setText(
                        stopping
                                ? "Stopping" + name(variant)
                                : "Running" + name(variant)
                                        + project.live()
                                                .latest()
                                                .map(s -> " · " + runs(s))
                                                .orElse(" · starting the worker"));
                detail.setText(project.live()
                        .latest()
                        .map(s -> overhead(s.profilerOverheadPercent()))
                        .orElse(""));
            }
            case RunState.Failed f -> {
                mark("bad");
                detail.setText("");
                // Why stands in the banner.
                state.setText("The run of" + name(f.variant()) + " broke off");
            }
            case RunState.Idle i -> idle(working);
        }
        model();
    }

    /// Of several models' runs one must know whose it is.
    private String name(VariantId id) {
        return project.variant(id)
                .map(v -> " " + ModelTitle.of(project, v).name())
                .orElse("");
    }

    /// Only a change: each makes the toolkit look for styles again.
    private void mark(String mood) {
        if (!dot.getStyleClass().contains(mood)) {
            dot.getStyleClass().setAll("status-dot", mood);
        }
    }

    private void idle(boolean working) {
        Optional<ProfileRun> run = project.shownRun();
        if (working) {
            JobRow job = front.orElseThrow();
            mark("busy");
            state.setText(job.title());
            progress.setProgress(job.fraction() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : job.fraction());
            detail.setText(job.step());
        } else if (project.opening() instanceof Opening.Failed) {
            mark("bad");
            detail.setText("");
            state.setText("The file could not be opened");
        } else if (run.isPresent()) {
            mark("good");
            state.setText("Measured" + name(project.selected()) + " at "
                    + CLOCK.format(run.get().when().atZone(ZoneId.systemDefault())) + " · "
                    + counted(run.get().latency().runs()) + " after "
                    + run.get().plan().warmup() + " warm-up");
            detail.setText(overhead(run.get().profilerOverheadPercent().orElse(Double.NaN)));
        } else {
            mark("good");
            detail.setText("");
            state.setText(project.isOpen() ? "Ready · not yet run" : "Ready");
        }
    }

    static String counted(long runs) {
        return Numbers.grouped(runs) + (runs == 1 ? " run" : " runs");
    }

    static String runs(LiveSample s) {
        if (s.warmingUp()) {
            return "warming up"
                    + (s.soFar().runs() > 0 ? " · " + Numbers.time(s.soFar().p50()) : "");
        }
        return (s.runsPlanned() > 0
                        ? Numbers.grouped(s.runsDone()) + " of " + counted(s.runsPlanned())
                        : counted(s.runsDone()))
                + (s.soFar().runs() > 0 ? " · " + Numbers.time(s.soFar().p50()) + " p50" : "");
    }

    /// A run of a fraction of a millisecond is dwarfed by the profiled ones among its like: then a percentage above
    /// one hundred would look like a fault.
    static String overhead(double percent) {
        if (!Double.isFinite(percent)) {
            return "";
        }
        if (percent < 0.05) {
            return "no profiler overhead";
        }
        return percent < 20
                ? "profiler overhead " + Numbers.digits(percent, 2) + " %, not in the numbers"
                : "profiled runs made the loop " + Numbers.digits(1 + percent / 100, 2)
                        + "× as long; not in the numbers";
    }

    private void model() {
        Optional<VariantState.Ready> ready = project.shown().flatMap(Variant::ready);
        if (ready.isEmpty()) {
            List.of(nodes, parameters, size, work, peak).forEach(l -> l.setText(""));
            return;
        }
        Analysis a = ready.get().analysis();
        if (!project.kind().isRead()) {
            int operators = a.model().graph().allNodes();
            nodes.setText(operators == 0 ? "" : Numbers.grouped(operators) + " operators");
            size.setText(Numbers.fileSize(ready.get().fileBytes()));
            List.of(parameters, work, peak).forEach(l -> l.setText(""));
            return;
        }
        nodes.setText(Numbers.grouped(a.model().graph().allNodes()) + " nodes");
        parameters.setText(amount(a.costs().total().parameters(), Numbers::count, " parameters"));
        size.setText(Numbers.fileSize(ready.get().fileBytes()));
        work.setText(amount(a.costs().total().flops(), Numbers::flops, ""));
        String bytes = amount(a.liveness().peakBytes(), Numbers::bytes, "");
        peak.setText("peak activations " + bytes);
    }

    private static String amount(Dim d, DoubleFunction<String> format, String unit) {
        OptionalDouble known = Numbers.amount(d);
        return Numbers.known(known, format) + unit;
    }
}
