package dev.lathe.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.app.project.Kept;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.session.KeptJson.Damaged;
import dev.lathe.cli.RunJson;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.Value;
import dev.lathe.graph.target.Device;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LayerMemory;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RunConditions;
import dev.lathe.profile.ThreadShares;
import dev.lathe.profile.Transfer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A measurement as JSON: what `lathe run --json` writes, which `lathe compare` reads, and beside it of which variant
/// it is and how exactly it was measured. Times of single kernels, the graph as it ran and what the machine did
/// meanwhile are not kept.
final class RunRecordFile {
    private RunRecordFile() {}

    static ObjectNode write(Variant variant, VariantState.Ready ready, ProfileRun run) {
        ObjectNode root = KeptJson.MAPPER.valueToTree(RunJson.of(ready.file(), ready.analysis(), run));
        ObjectNode kept = KeptJson.kept(variant, run.plan());
        run.brokenOff().ifPresent(d -> kept.put("brokenOff", d.message()));
        root.set(KeptJson.KEPT, kept);
        return root;
    }

    /// Checks all of it, so that what is told later can be told.
    static Kept.KeptRun read(JsonNode root) throws Damaged {
        JsonNode kept = KeptJson.object(root, KeptJson.KEPT);
        Recipe recipe = KeptJson.recipe(kept);
        String name = KeptJson.text(kept, "variant");
        ProfilePlan plan = KeptJson.plan(kept);
        Parts parts = parts(root, kept, plan);
        return new Kept.KeptRun() {
            @Override
            public Recipe recipe() {
                return recipe;
            }

            @Override
            public String variant() {
                return name;
            }

            @Override
            public Instant when() {
                return parts.when();
            }

            @Override
            public ProfileRun of(Graph graph, Optional<Device> here) {
                return parts.of(graph, KeptJson.here(plan, here));
            }
        };
    }

    private record Layer(String name, OpStats stats, long[] nanos) {}

    /// A run whose layers are known by name.
    private record Parts(
            Instant when,
            LatencyStats latency,
            double throughput,
            List<Layer> layers,
            Duration layerSum,
            Duration outside,
            OptionalDouble overhead,
            OptionalDouble coverage,
            MemoryStats memory,
            List<Duration> runTimes,
            List<Diagnostic> remarks,
            List<Transfer> copies) {
        ProfileRun of(Graph graph, ProfilePlan plan) {
            Map<String, Deque<NodeId>> named = new HashMap<>();
            NodePlace.all(graph)
                    .forEach(p -> named.computeIfAbsent(p.shownName(), k -> new ArrayDeque<>())
                            .add(p.node().id()));
            Map<NodeId, OpStats> stats = new HashMap<>();
            Map<NodeId, long[]> nanos = new HashMap<>();
            for (Layer l : layers) {
                Deque<NodeId> left = named.getOrDefault(l.name(), new ArrayDeque<>());
                if (!left.isEmpty()) {
                    NodeId id = left.removeFirst();
                    stats.put(id, l.stats());
                    nanos.put(id, l.nanos());
                }
            }
            return new ProfileRun(
                    when,
                    plan,
                    latency,
                    throughput,
                    stats,
                    layerSum,
                    outside,
                    overhead,
                    coverage,
                    memory,
                    List.of(),
                    runTimes,
                    new LayerRuns(nanos),
                    remarks,
                    RunConditions.UNKNOWN,
                    Optional.empty(),
                    copies.stream().map(c -> in(graph, c)).toList());
        }

        /// Names are kept, ids are not.
        private static Transfer in(Graph graph, Transfer c) {
            return new Transfer(
                    c.from(),
                    c.to(),
                    c.tensor(),
                    graph.valueNamed(c.tensor()).map(Value::id),
                    c.bytes(),
                    c.count(),
                    c.p50(),
                    c.p90(),
                    c.samples(),
                    c.kernel());
        }
    }

    private static Parts parts(JsonNode root, JsonNode kept, ProfilePlan plan) throws Damaged {
        Instant when;
        try {
            when = Instant.parse(KeptJson.text(root, "when"));
        } catch (DateTimeException e) {
            throw new Damaged("'when' is no time");
        }
        JsonNode l = KeptJson.object(root, "latencyMs");
        LatencyStats latency = new LatencyStats(
                KeptJson.whole(root, "runs"),
                KeptJson.ms(l, "p50"),
                KeptJson.ms(l, "p90"),
                KeptJson.ms(l, "p99"),
                KeptJson.ms(l, "mean"),
                KeptJson.ms(l, "min"),
                KeptJson.ms(l, "max"));
        List<Layer> layers = new ArrayList<>();
        for (JsonNode j : KeptJson.list(root, "layers")) {
            layers.add(layer(j, plan));
        }
        List<Diagnostic> remarks = new ArrayList<>();
        if (kept.has("brokenOff")) {
            remarks.add(Diagnostic.warning(
                    ProfileRun.BROKEN_OFF, kept.get("brokenOff").asText(), Place.nowhere()));
        }
        return new Parts(
                when,
                latency,
                KeptJson.number(root, "throughputPerSecond").asDouble(),
                layers,
                layers.isEmpty() ? latency.p50() : KeptJson.ms(root, "layerSumMs"),
                layers.isEmpty() ? latency.p50() : KeptJson.ms(root, "outsideLayersMs"),
                known(root, "profilerOverheadPercent"),
                known(root, "kernelCoverage"),
                new MemoryStats(
                        0,
                        KeptJson.number(root, "peakMemoryBytes").asLong(),
                        OptionalLong.empty(),
                        root.path("arenaPeakBytes").isNumber()
                                ? OptionalLong.of(root.get("arenaPeakBytes").asLong())
                                : OptionalLong.empty()),
                durations(KeptJson.list(root, "runTimesMs")),
                remarks,
                copies(root.path("transfers")));
    }

    /// None in files of an earlier Lathe.
    private static List<Transfer> copies(JsonNode list) throws Damaged {
        List<Transfer> all = new ArrayList<>();
        for (JsonNode j : list) {
            all.add(new Transfer(
                    KeptJson.text(j, "from"),
                    KeptJson.text(j, "to"),
                    KeptJson.text(j, "tensor"),
                    Optional.empty(),
                    j.path("bytes").asLong(-1),
                    KeptJson.whole(j, "count"),
                    KeptJson.ms(j, "p50Ms"),
                    KeptJson.ms(j, "p90Ms"),
                    KeptJson.whole(j, "samples"),
                    j.path("kernel").asText("")));
        }
        return all;
    }

    /// Empty where it was not told.
    private static Optional<ThreadShares> threads(JsonNode j) throws Damaged {
        if (!j.isObject()) {
            return Optional.empty();
        }
        List<Double> shares = new ArrayList<>();
        KeptJson.list(j, "shares").forEach(s -> shares.add(s.asDouble()));
        return Optional.of(new ThreadShares(KeptJson.number(j, "used").asDouble(), shares));
    }

    private static Layer layer(JsonNode j, ProfilePlan plan) throws Damaged {
        String provider = KeptJson.text(j, "provider");
        String device = j.path("device").asText("");
        // Said of a layer only where it is not what its provider says.
        boolean plain = device.equals(plan.target().deviceOf(provider));
        List<String> kernels = new ArrayList<>();
        KeptJson.list(j, "kernels").forEach(k -> kernels.add(k.asText()));
        OpStats stats = new OpStats(
                KeptJson.ms(j, "timeMs"),
                KeptJson.ms(j, "p50Ms"),
                KeptJson.ms(j, "p90Ms"),
                KeptJson.number(j, "share").asDouble(),
                provider,
                kernels,
                j.path("shared").asBoolean(),
                KeptJson.whole(j, "samples"),
                new LayerMemory(
                        j.path("activationBytes").asDouble(-1),
                        j.path("outputBytes").asDouble(-1),
                        j.path("arenaBytes").asLong(-1)),
                j.path("estimate").asBoolean(),
                plain ? "" : device,
                threads(j.path("threads")),
                j.path("shapes").asText(""));
        return new Layer(
                j.path("in").asText("") + KeptJson.text(j, "node"),
                stats,
                durations(KeptJson.list(j, "timesMs")).stream()
                        .mapToLong(Duration::toNanos)
                        .toArray());
    }

    private static List<Duration> durations(JsonNode list) {
        List<Duration> all = new ArrayList<>();
        list.forEach(n -> all.add(KeptJson.ofMs(n.asDouble())));
        return all;
    }

    private static OptionalDouble known(JsonNode root, String name) {
        JsonNode n = root.path(name);
        return n.isNumber() ? OptionalDouble.of(n.asDouble()) : OptionalDouble.empty();
    }
}
