package dev.lathe.profile.insight;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.torchscript.TorchScript;
import java.util.Locale;
import java.util.Map;

/// The command line that measures a model once more as a plan did, but for what it is to try: all of the plan that is
/// not what such a line takes by itself stands in it.
public final class AgainLine {
    /// What a run takes that asks for no device.
    private static final String USUAL_DEVICE = "cpu";

    /// The seed of a run that asks for none.
    private static final long USUAL_SEED = 1;

    private AgainLine() {}

    /// @param options what is tried, e.g. `--threads 2`; these are not taken from the plan
    public static String of(Model model, ProfilePlan plan, String options) {
        RunTarget target = plan.target();
        StringBuilder line = new StringBuilder("lathe run MODEL");
        if (!target.engine().equals(EngineCatalog.DEFAULT)) {
            line.append(" --engine ").append(target.engine());
        }
        if (model.format().equals(TorchScript.FORMAT)) {
            // Such a file does not say it.
            Graph graph = model.graph();
            graph.inputs().stream()
                    .flatMap(id -> graph.value(id).stream())
                    .forEach(v -> line.append(" --input ")
                            .append(word(v.declared().toString().replace(" ", ""))));
        }
        if (!target.device().id().equals(USUAL_DEVICE)) {
            line.append(" --device ").append(target.device().id());
        }
        boolean usual = target.threads()
                == RunTarget.usual(target.engine(), target.device()).threads();
        if (!usual && !options.contains("--threads")) {
            line.append(" --threads ").append(target.threads());
        }
        if (plan.level() != SessionConfig.USUAL && !options.contains("--level")) {
            line.append(" --level ").append(plan.level().name().toLowerCase(Locale.ROOT));
        }
        if ("0".equals(plan.options().get(SessionConfig.SPINNING))) {
            line.append(" --no-spinning");
        }
        if (plan.seed() != USUAL_SEED) {
            line.append(" --seed ").append(plan.seed());
        }
        if (plan.streams() != 1 && !options.contains("--streams")) {
            line.append(" --streams ").append(plan.streams());
        }
        Map<String, Long> assumed = DefaultDims.choose(model).sizes();
        plan.dims().sizes().entrySet().stream()
                .filter(e -> !e.getValue().equals(assumed.get(e.getKey())))
                .filter(e -> !options.contains("--sweep " + e.getKey() + "="))
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> line.append(" --dim ").append(word(e.getKey() + "=" + e.getValue())));
        return line.append(' ').append(options).toString();
    }

    /// As shells want it.
    private static String word(String text) {
        return text.matches("[\\w=.,:/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
