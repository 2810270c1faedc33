package dev.lathe.app.findings;

import dev.lathe.app.findings.FindingsState.Stage;
import dev.lathe.app.project.RunChange;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.optimize.PassInfo;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.cost.Roofline;
import dev.lathe.profile.device.Allowance;
import dev.lathe.profile.insight.Examination;
import dev.lathe.profile.insight.Finding;
import dev.lathe.profile.insight.Remedy;
import dev.lathe.profile.insight.RunFacts;
import dev.lathe.profile.sweep.SweepResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The Findings tab without its looks: looks at a run in the background, and tells which layers the finding is about
/// that the user chose.
public final class FindingsViewModel {
    private final ReadOnlyObjectWrapper<FindingsState> state = new ReadOnlyObjectWrapper<>(FindingsState.EMPTY);
    private final ReadOnlyObjectWrapper<Set<NodeId>> marked = new ReadOnlyObjectWrapper<>(Set.of());
    private final Executor background;
    private final Executor ui;
    private final List<PassInfo> passes;
    private final Consumer<NodeId> select;
    private Consumer<String> apply = pass -> {};
    private Consumer<RunChange> set = change -> {};
    private Optional<Looked> shown = Optional.empty();

    /// What there is to look at.
    public record Looked(
            Analysis analysis,
            Path file,
            Optional<ProfileRun> run,
            Optional<Ceilings> ceilings,
            List<SweepResult.Measured> tried) {
        public Looked {
            tried = List.copyOf(tried);
        }

        /// By identity where equality would compare thousands of layers.
        private boolean same(Looked that) {
            return analysis == that.analysis
                    && file.equals(that.file)
                    && run.isPresent() == that.run.isPresent()
                    && (run.isEmpty() || run.get() == that.run.orElseThrow())
                    && ceilings.equals(that.ceilings)
                    && tried.equals(that.tried);
        }
    }

    /// @param passes those that can be applied
    /// @param select told the layer to bring into sight
    public FindingsViewModel(Executor background, Executor ui, List<PassInfo> passes, Consumer<NodeId> select) {
        this.background = background;
        this.ui = ui;
        this.passes = List.copyOf(passes);
        this.select = select;
    }

    public ReadOnlyObjectProperty<FindingsState> state() {
        return state.getReadOnlyProperty();
    }

    /// The layers of the chosen finding.
    public ReadOnlyObjectProperty<Set<NodeId>> marked() {
        return marked.getReadOnlyProperty();
    }

    /// Told the name of the pass that the user wants to apply.
    public void onApply(Consumer<String> wanted) {
        apply = wanted;
    }

    public void showNothing() {
        shown = Optional.empty();
        tell(FindingsState.EMPTY);
    }

    public void show(Looked next) {
        if (shown.filter(next::same).isPresent()) {
            return;
        }
        shown = Optional.of(next);
        if (next.run().isEmpty()) {
            tell(new FindingsState(Stage.NOT_RUN, List.of(), List.of(), Optional.empty()));
            return;
        }
        tell(new FindingsState(Stage.LOOKING, List.of(), List.of(), Optional.empty()));
        background.execute(() -> {
            FindingsState found = look(next, next.run().get());
            ui.execute(() -> {
                if (shown.filter(s -> s == next).isPresent()) {
                    tell(found);
                }
            });
        });
    }

    private void tell(FindingsState next) {
        marked.set(Set.of());
        state.set(next);
    }

    private FindingsState look(Looked at, ProfileRun run) {
        RunFacts facts = new RunFacts(
                at.analysis(), run, at.ceilings().flatMap(Roofline::of), Allowance.ofThisProcess(), at.tried());
        Examination all = Examination.of(facts);
        List<FindingRow> rows = new ArrayList<>();
        all.findings().forEach(f -> rows.add(row(f, at)));
        return new FindingsState(Stage.TOLD, rows, all.checks(), Optional.empty());
    }

    private FindingRow row(Finding f, Looked at) {
        List<NodeId> layers = f.places().stream()
                .filter(id -> at.analysis().model().graph().node(id).isPresent())
                .toList();
        Optional<FindingRow.Offer> pass = f.remedy()
                .act()
                .flatMap(a ->
                        a instanceof Remedy.Act.Pass(String name, var options) ? Optional.of(name) : Optional.empty())
                .flatMap(name ->
                        passes.stream().filter(p -> p.name().equals(name)).findFirst())
                .map(p -> new FindingRow.Offer(p.name(), p.title()));
        Optional<RunChange> again = f.remedy()
                .act()
                .flatMap(a -> a instanceof Remedy.Act.Again(var threads, var level, String line)
                        ? Optional.of(new RunChange(threads, level))
                        : Optional.empty());
        String file = at.file().toString();
        String quoted = file.contains(" ") ? "\"" + file + "\"" : file;
        return new FindingRow(f, layers, pass, again, f.remedy().commandLine().map(c -> c.replace("MODEL", quoted)));
    }

    /// The user chose a finding: its layers are marked, and the one that costs most is selected. Once more takes that
    /// back.
    public void choose(FindingRow row) {
        if (state.get().chosen().equals(Optional.of(row))) {
            unmark();
            return;
        }
        marked.set(new LinkedHashSet<>(row.layers()));
        state.set(state.get().choosing(Optional.of(row)));
        row.layers().stream().findFirst().ifPresent(select);
    }

    /// Another layer was selected elsewhere: what is looked at now is not the finding any more.
    public void selectionChanged(Selection now) {
        boolean elsewhere =
                !(now instanceof Selection.OfNode(NodeId node) && marked.get().contains(node));
        if (elsewhere && state.get().chosen().filter(r -> !r.layers().isEmpty()).isPresent()) {
            unmark();
        }
    }

    private void unmark() {
        marked.set(Set.of());
        state.set(state.get().choosing(Optional.empty()));
    }

    /// Told what the user wants the next run to run with.
    public void onSet(Consumer<RunChange> wanted) {
        set = wanted;
    }

    /// The user wants the remedy: its pass, or what it sets for the next run.
    public void apply(FindingRow row) {
        row.pass().ifPresent(p -> apply.accept(p.name()));
        row.again().ifPresent(set);
    }
}
