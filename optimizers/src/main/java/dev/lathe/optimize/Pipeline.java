package dev.lathe.optimize;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.profile.engine.ModelRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Applies the passes of a recipe one after the other and keeps what each made.
public final class Pipeline {
    private Pipeline() {}

    /// Runs `recipe` on `model`. All steps are checked before the first one starts, so a typing error in the
    /// last costs nothing.
    ///
    /// @throws LatheException when a pass or an option does not exist, or a pass cannot rewrite the model
    public static Trace run(Model model, Recipe recipe, ModelRunner runner, JobContext job) throws LatheException {
        List<Prepared> prepared = prepared(recipe);
        List<Trace.Done> done = new ArrayList<>();
        Model at = model;
        for (int i = 0; i < prepared.size(); i++) {
            job.checkCancelled();
            Prepared p = prepared.get(i);
            double share = 1.0 / prepared.size();
            JobContext part = job.part(i * share, (i + 1) * share);
            part.progress(0, p.pass().info().title());
            List<Diagnostic> remarks = new ArrayList<>();
            long start = System.nanoTime();
            Model before = at;
            at = p.pass().run(at, new PassContext(part, p.options(), runner, remarks::add));
            if (at == before && remarks.isEmpty()) {
                String name = p.pass().info().name();
                remarks.add(Diagnostic.info(
                        "pass-changed-nothing",
                        "changed nothing: there is nothing in this model that it rewrites.",
                        new Place.InPass(name)));
            }
            done.add(new Trace.Done(p.step(), at, Duration.ofNanos(System.nanoTime() - start), remarks));
        }
        job.progress(1, "done");
        return new Trace(model, done);
    }

    /// Checks names and options alone, for whoever wants to know before a model is opened.
    ///
    /// @throws LatheException when a pass or an option does not exist, or a value does not fit
    public static void check(Recipe recipe) throws LatheException {
        List<Prepared> unused = prepared(recipe);
    }

    private static List<Prepared> prepared(Recipe recipe) throws LatheException {
        List<Prepared> prepared = new ArrayList<>();
        for (Recipe.Step step : recipe.steps()) {
            Pass pass = PassCatalog.require(step.pass());
            prepared.add(new Prepared(step, pass, PassOptions.complete(pass.info(), step.options())));
        }
        return prepared;
    }

    private record Prepared(Recipe.Step step, Pass pass, Map<String, String> options) {}
}
