package dev.lathe.app.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.Kept;
import dev.lathe.app.project.SweepState;
import dev.lathe.app.project.Variant;
import dev.lathe.app.session.KeptJson.Damaged;
import dev.lathe.graph.Model;
import dev.lathe.graph.target.Device;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepLines;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sweep as JSON: what is varied, how it is measured, and the points as `lathe run --resume` writes them.
final class SweepRecordFile {
    static final String KIND = "lathe-kept-sweep";

    private SweepRecordFile() {}

    static ObjectNode write(Variant variant, SweepState sweep) {
        ObjectNode root = KeptJson.MAPPER.createObjectNode();
        root.put("kind", KIND);
        root.set(KeptJson.KEPT, KeptJson.kept(variant, sweep.plan()));
        ObjectNode axes = root.putObject("axes");
        ObjectNode sizes = axes.putObject("sizes");
        sweep.axes().sizes().forEach((name, all) -> all.forEach(sizes.withArray("/" + escaped(name))::add));
        sweep.axes().threads().forEach(axes.putArray("threads")::add);
        sweep.axes().streams().forEach(axes.putArray("streams")::add);
        sweep.limit().ifPresent(b -> root.put("memoryLimitBytes", b));
        var points = root.putArray("points");
        for (SweepResult r : sweep.results()) {
            try {
                points.add(KeptJson.MAPPER.readTree(SweepLines.line(r)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return root;
    }

    /// A name as a step of a JSON pointer.
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static Kept.KeptSweep read(JsonNode root) throws Damaged {
        JsonNode kept = KeptJson.object(root, KeptJson.KEPT);
        Recipe recipe = KeptJson.recipe(kept);
        ProfilePlan plan = KeptJson.plan(kept);
        JsonNode a = KeptJson.object(root, "axes");
        Map<String, List<Long>> sizes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> e : KeptJson.object(a, "sizes").properties()) {
            List<Long> all = new ArrayList<>();
            e.getValue().forEach(n -> all.add(n.asLong()));
            sizes.put(e.getKey(), all);
        }
        SweepAxes axes = new SweepAxes(sizes, integers(a, "threads"), integers(a, "streams"));
        Optional<Long> limit = root.path("memoryLimitBytes").isNumber()
                ? Optional.of(root.get("memoryLimitBytes").asLong())
                : Optional.empty();
        List<SweepResult> results = new ArrayList<>();
        KeptJson.list(root, "points")
                .forEach(p -> SweepLines.result(p.toString()).ifPresent(results::add));
        return new Kept.KeptSweep() {
            @Override
            public Recipe recipe() {
                return recipe;
            }

            @Override
            public SweepState of(Attempt attempt, Model model, Optional<Device> here) {
                ProfilePlan now = KeptJson.here(plan, here);
                List<SweepPoint> points = axes.points(now.dims(), now.target().threads(), now.streams());
                boolean all = points.stream()
                        .allMatch(p -> results.stream().anyMatch(r -> r.point().equals(p)));
                return new SweepState(
                        attempt,
                        model,
                        axes,
                        now,
                        points,
                        results,
                        limit,
                        all ? SweepState.Phase.ENDED : SweepState.Phase.PAUSED);
            }
        };
    }

    private static List<Integer> integers(JsonNode in, String name) throws Damaged {
        List<Integer> all = new ArrayList<>();
        KeptJson.list(in, name).forEach(n -> all.add(n.asInt()));
        return all;
    }
}
