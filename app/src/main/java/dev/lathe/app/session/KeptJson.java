package dev.lathe.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.app.project.Variant;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The parts of kept measurements that a command's own JSON does not say: of which variant they are, and how they were
/// measured, in full.
final class KeptJson {
    /// Of this part; files of a newer one are left as they are.
    static final int VERSION = 1;
    /// The field that holds it.
    static final String KEPT = "kept";

    static final ObjectMapper MAPPER = new ObjectMapper();

    private KeptJson() {}

    /// A file is not as it was written: where.
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;

        Damaged(String what) {
            super(what);
        }
    }

    static ObjectNode kept(Variant variant, ProfilePlan plan) {
        ObjectNode kept = MAPPER.createObjectNode();
        kept.put("version", VERSION);
        kept.put("variant", variant.name());
        var steps = kept.putArray("recipe");
        variant.recipe().steps().forEach(s -> {
            ObjectNode step = steps.addObject().put("pass", s.pass());
            ObjectNode options = step.putObject("options");
            s.options().forEach(options::put);
        });
        ObjectNode p = kept.putObject("plan");
        p.put("engine", plan.target().engine());
        p.set("device", device(plan.target().device()));
        p.put("threads", plan.target().threads());
        p.put("level", plan.level().name().toLowerCase(Locale.ROOT));
        p.put("warmup", plan.warmup());
        p.put("runs", plan.runs());
        p.put("seed", plan.seed());
        ObjectNode dims = p.putObject("dims");
        plan.dims().sizes().forEach(dims::put);
        p.put("profiledPerSecond", plan.profiledRunsPerSecond());
        ObjectNode options = p.putObject("options");
        plan.options().forEach(options::put);
        p.put("streams", plan.streams());
        p.put("streamed", plan.streamed());
        return kept;
    }

    private static ObjectNode device(Device d) {
        ObjectNode j = MAPPER.createObjectNode();
        j.put("id", d.id());
        j.put("name", d.name());
        j.put("kind", d.kind().name());
        d.cores().forEach(j.putArray("cores")::add);
        d.memoryBytes().ifPresent(b -> j.put("memoryBytes", b));
        d.features().forEach(j.putArray("features")::add);
        return j;
    }

    static Recipe recipe(JsonNode kept) throws Damaged {
        List<Recipe.Step> steps = new ArrayList<>();
        for (JsonNode s : list(kept, "recipe")) {
            Map<String, String> options = new LinkedHashMap<>();
            s.path("options")
                    .properties()
                    .forEach(o -> options.put(o.getKey(), o.getValue().asText()));
            steps.add(new Recipe.Step(text(s, "pass"), options));
        }
        return new Recipe(steps);
    }

    static ProfilePlan plan(JsonNode kept) throws Damaged {
        JsonNode p = object(kept, "plan");
        JsonNode d = object(p, "device");
        List<Integer> cores = new ArrayList<>();
        list(d, "cores").forEach(c -> cores.add(c.asInt()));
        List<String> features = new ArrayList<>();
        list(d, "features").forEach(f -> features.add(f.asText()));
        Device device = new Device(
                text(d, "id"),
                text(d, "name"),
                constant(DeviceKind.values(), text(d, "kind")),
                cores,
                d.has("memoryBytes") ? OptionalLong.of(d.get("memoryBytes").asLong()) : OptionalLong.empty(),
                features);
        Map<String, Long> dims = new LinkedHashMap<>();
        object(p, "dims")
                .properties()
                .forEach(e -> dims.put(e.getKey(), e.getValue().asLong()));
        Map<String, String> options = new LinkedHashMap<>();
        object(p, "options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        return new ProfilePlan(
                new RunTarget(text(p, "engine"), device, whole(p, "threads")),
                constant(SessionConfig.Level.values(), text(p, "level")),
                whole(p, "warmup"),
                whole(p, "runs"),
                number(p, "seed").asLong(),
                new DimBindings(dims),
                number(p, "profiledPerSecond").asDouble(),
                options,
                whole(p, "streams"),
                p.path("streamed").asBoolean());
    }

    /// The plan on the device of this machine, where that is the one that it was made for: what is known of its memory
    /// and features may differ from start to start.
    static ProfilePlan here(ProfilePlan plan, Optional<Device> here) {
        Device then = plan.target().device();
        return here.filter(d -> d.id().equals(then.id())
                        && d.name().equals(then.name())
                        && d.cores().equals(then.cores()))
                .map(d -> new ProfilePlan(
                        new RunTarget(plan.target().engine(), d, plan.target().threads()),
                        plan.level(),
                        plan.warmup(),
                        plan.runs(),
                        plan.seed(),
                        plan.dims(),
                        plan.profiledRunsPerSecond(),
                        plan.options(),
                        plan.streams(),
                        plan.streamed()))
                .orElse(plan);
    }

    private static <E extends Enum<E>> E constant(E[] all, String name) throws Damaged {
        for (E e : all) {
            if (e.name().equalsIgnoreCase(name)) {
                return e;
            }
        }
        throw new Damaged("'" + name + "' is not known");
    }

    static JsonNode object(JsonNode in, String name) throws Damaged {
        JsonNode found = in.path(name);
        if (!found.isObject()) {
            throw missing(name);
        }
        return found;
    }

    static JsonNode list(JsonNode in, String name) throws Damaged {
        JsonNode found = in.path(name);
        if (!found.isArray()) {
            throw missing(name);
        }
        return found;
    }

    static String text(JsonNode in, String name) throws Damaged {
        JsonNode found = in.path(name);
        if (!found.isTextual()) {
            throw missing(name);
        }
        return found.asText();
    }

    static JsonNode number(JsonNode in, String name) throws Damaged {
        JsonNode found = in.path(name);
        if (!found.isNumber()) {
            throw missing(name);
        }
        return found;
    }

    static int whole(JsonNode in, String name) throws Damaged {
        return number(in, name).asInt();
    }

    static Duration ms(JsonNode in, String name) throws Damaged {
        return ofMs(number(in, name).asDouble());
    }

    static Duration ofMs(double ms) {
        return Duration.ofNanos(Math.round(ms * 1e6));
    }

    private static Damaged missing(String name) {
        return new Damaged("'" + name + "' is not there or is something else");
    }
}
