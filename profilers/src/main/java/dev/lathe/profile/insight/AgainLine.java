package dev.lathe.profile.insight;

import dev.lathe.graph.Model;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.util.Locale;
import java.util.Map;

/// The command line that measures a model once more as a plan did, but for what it is to try: all of the plan that is
/// not what such a line takes by itself stands in it.
final class AgainLine {
    /// What a run takes that asks for no device.
    private static final String USUAL_DEVICE = "cpu";

    private AgainLine() {}

    /// @param options what is tried, e.g. `--threads 2`; these are not taken from the plan
    static String of(Model model, ProfilePlan plan, String options) {
        RunTarget target = plan.target();
        StringBuilder line = new StringBuilder("lathe run MODEL");
        if (!target.engine().equals(EngineCatalog.DEFAULT)) {
            line.append(" --engine ").append(target.engine());
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
