package dev.lathe.app;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.Trace;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.RunTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The services that this build does not have yet; each says so when it is asked.
final class WiredProfiling {
    private WiredProfiling() {}

    static Profiler profiler() {
        return (model, plan, live, context) -> {
            throw missing("engine");
        };
    }

    static Services.Machine machine() {
        int cores = Runtime.getRuntime().availableProcessors();
        return () -> List.of(new Services.MachineDevice(
                new Device(
                        "cpu", "CPU · " + cores + " cores", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of()),
                new Availability.Ready(""),
                Map.of("cores", Integer.toString(cores))));
    }

    static Services.Reports reports() {
        return (project, folder, context) -> {
            throw missing("report writer");
        };
    }

    static Services.Compression compression() {
        return new Services.Compression() {
            @Override
            public List<PassInfo> passes() {
                return List.of();
            }

            @Override
            public Trace apply(Model model, Recipe recipe, JobContext context) throws LatheException {
                throw missing("pass");
            }

            @Override
            public List<OutputDifference> compare(
                    Path source, Path variant, DimBindings dims, RunTarget target, JobContext context)
                    throws LatheException {
                throw missing("engine");
            }

            @Override
            public void writeRecipe(Recipe recipe, Path target) throws LatheException {
                throw missing("recipe writer");
            }
        };
    }

    private static LatheException missing(String what) {
        return new LatheException(Diagnostic.error("not-built-in", "This build has no " + what + ".", Place.nowhere()));
    }
}
