package dev.lathe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.TinyModel;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The findings of a run as a colleague reads them.
class FindingsInReportTest {
    private static String page(boolean measured) throws Exception {
        Model model = GraphText.parse("""
                model "test" ir=8
                opset "" 17
                graph g (x: float32[64]) -> (y: float32[64]) {
                  const c = float32[64] splat 64 hex "0000803f"
                  d = Exp(c) as "<script>"
                  y = Add(x, d) as total
                }
                """);
        ProfilePlan plan = new ProfilePlan(
                new RunTarget("onnxruntime", TinyModel.CPU, 1),
                SessionConfig.Level.ALL,
                1,
                20,
                1,
                DimBindings.NONE,
                10);
        ReportVariant v = new ReportVariant(
                "original",
                model,
                Analysis.of(model, DimBindings.NONE, JobContext.quiet()),
                100,
                measured ? Optional.of(TinyModel.run(model, plan, 20)) : Optional.empty(),
                List.of(),
                Recipe.EMPTY);
        return HtmlReport.page(new Report("m.onnx", Instant.EPOCH, "1", List.of(), List.of(v)));
    }

    @Test
    void aFindingIsToldWithItsFiguresItsRemedyAndWhatCouldNotBeChecked() throws Exception {
        String page = page(true);
        assertThat(page)
                .contains("<h2>Findings</h2>", "1 layer computes a constant in every run", "50 %; estimate")
                .contains("&lt;script&gt;", "lathe optimize MODEL --pass simplify -o OUT")
                .contains("Not checked: ", "conversions of layout (engine onnxruntime told nothing");
        assertThat(page.substring(page.indexOf("<h2>Findings"), page.indexOf("<h2>By operator")))
                .doesNotContain("<script>");
    }

    @Test
    void aModelThatWasNotRunHasNoFindings() throws Exception {
        assertThat(page(false)).doesNotContain("<h2>Findings</h2>");
    }
}
