package dev.lathe.app.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.findings.FindingsState.Stage;
import dev.lathe.app.project.RunChange;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.TinyModel;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.optimize.PassInfo;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The Findings tab without a toolkit.
class FindingsViewModelTest {
    private static final PassInfo SIMPLIFY = new PassInfo("simplify", "Simplify", "", "", List.of(), 1, "");

    private final List<NodeId> selected = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final FindingsViewModel model =
            new FindingsViewModel(waiting::add, Runnable::run, List.of(SIMPLIFY), selected::add);

    /// A constant that is computed in every run, and two layers that compute the same.
    private static Analysis analysis() throws LatheException {
        return Analysis.of(GraphText.parse("""
                model "test" ir=8
                opset "" 17
                graph g (x: float32[64]) -> (y: float32[64]) {
                  const c = float32[64] splat 64 hex "0000803f"
                  d = Exp(c) as power
                  a = Abs(x) as one
                  b = Abs(x) as two
                  e = Add(a, b) as sum
                  y = Add(e, d) as total
                }
                """), DimBindings.NONE, JobContext.quiet());
    }

    private static FindingsViewModel.Looked looked(Analysis a, boolean run) {
        ProfilePlan plan = new ProfilePlan(
                new RunTarget("onnxruntime", TinyModel.CPU, 1),
                SessionConfig.Level.ALL,
                1,
                20,
                1,
                DimBindings.NONE,
                10);
        Optional<ProfileRun> measured = run ? Optional.of(TinyModel.run(a.model(), plan, 20)) : Optional.empty();
        return new FindingsViewModel.Looked(a, Path.of("a model.onnx"), measured, Optional.empty(), List.of());
    }

    private void work() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    private FindingRow row(String rule) {
        return model.state().get().rows().stream()
                .filter(r -> r.finding().rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static NodeId id(Analysis a, String name) {
        return a.model().graph().nodes().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void untilTheModelHasRunThereIsNothingToLookAt() throws LatheException {
        assertThat(model.state().get().stage()).isEqualTo(Stage.NO_MODEL);
        model.show(looked(analysis(), false));
        assertThat(model.state().get().stage()).isEqualTo(Stage.NOT_RUN);
        assertThat(waiting).isEmpty();
        model.showNothing();
        assertThat(model.state().get().stage()).isEqualTo(Stage.NO_MODEL);
    }

    @Test
    void aRunIsLookedAtInTheBackgroundOnceAndToldWithTheNumberOfFindings() throws LatheException {
        FindingsViewModel.Looked looked = looked(analysis(), true);
        model.show(looked);
        model.show(looked);
        assertThat(model.state().get().stage()).isEqualTo(Stage.LOOKING);
        assertThat(waiting).hasSize(1);
        work();
        assertThat(model.state().get().stage()).isEqualTo(Stage.TOLD);
        assertThat(model.state().get().badge())
                .isEqualTo(Integer.toString(model.state().get().rows().size()));
        assertThat(row("constant-not-folded").pass()).contains(new FindingRow.Offer("simplify", "Simplify"));
        assertThat(row("constant-not-folded").command().orElseThrow()).contains("\"a model.onnx\"");
        assertThat(FindingsView.summary(model.state().get())).matches("\\d+ rules looked, \\d+ could not");
    }

    @Test
    void whatIsFoundOfARunThatIsNoLongerShownIsNotTold() throws LatheException {
        model.show(looked(analysis(), true));
        List<Runnable> late = List.copyOf(waiting);
        model.show(looked(analysis(), false));
        late.forEach(Runnable::run);
        assertThat(model.state().get().stage()).isEqualTo(Stage.NOT_RUN);
        assertThat(model.state().get().rows()).isEmpty();
    }

    @Test
    void choosingAFindingMarksItsLayersAndSelectsTheFirstUntilAnotherIsSelected() throws LatheException {
        Analysis a = analysis();
        model.show(looked(a, true));
        work();
        FindingRow row = row("constant-not-folded");
        model.choose(row);
        assertThat(selected).containsExactly(id(a, "power"));
        assertThat(model.marked().get()).containsExactly(id(a, "power"));
        assertThat(model.state().get().chosen()).contains(row);
        model.selectionChanged(Selection.node(id(a, "power")));
        assertThat(model.state().get().chosen()).contains(row);
        model.selectionChanged(Selection.node(id(a, "sum")));
        assertThat(model.state().get().chosen()).isEmpty();
        assertThat(model.marked().get()).isEmpty();
        model.choose(row);
        model.choose(row);
        assertThat(model.marked().get()).isEmpty();
    }

    @Test
    void aRemedyThatIsASettingSaysWhatTheNextRunsAreToTake() throws LatheException {
        List<RunChange> wanted = new ArrayList<>();
        model.onSet(wanted::add);
        int threads = 64 * Runtime.getRuntime().availableProcessors();
        Analysis a = analysis();
        ProfilePlan plan = new ProfilePlan(
                new RunTarget("onnxruntime", TinyModel.CPU, threads),
                SessionConfig.Level.ALL,
                1,
                20,
                1,
                DimBindings.NONE,
                10);
        model.show(new FindingsViewModel.Looked(
                a, Path.of("m.onnx"), Optional.of(TinyModel.run(a.model(), plan, 20)), Optional.empty(), List.of()));
        work();
        FindingRow row = row("threads");
        assertThat(row.pass()).isEmpty();
        assertThat(row.command().orElseThrow()).startsWith("lathe run m.onnx --threads ");
        model.apply(row);
        assertThat(wanted).hasSize(1);
        int fewer = wanted.getFirst().threads().orElseThrow();
        assertThat(fewer).isLessThan(threads);
        assertThat(row.command().orElseThrow()).endsWith(" " + fewer);
        assertThat(wanted.getFirst().words()).isEqualTo(fewer + (fewer == 1 ? " thread" : " threads"));
    }

    @Test
    void applyNamesThePassOfTheRemedy() throws LatheException {
        List<String> wanted = new ArrayList<>();
        model.onApply(wanted::add);
        model.show(looked(analysis(), true));
        work();
        model.apply(row("done-twice"));
        assertThat(wanted).containsExactly("simplify");
    }
}
