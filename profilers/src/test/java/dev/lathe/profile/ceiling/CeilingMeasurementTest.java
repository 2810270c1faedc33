package dev.lathe.profile.ceiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Nothing here asks how fast the machine is: only that figures are there, and belong to what was asked.
class CeilingMeasurementTest {
    private static final Device CORE =
            Devices.find("cpu:0", Devices.discover()).orElseThrow().device();

    private static CeilingMeasurement measurement() {
        Profiler profiler = new WorkerProfiler(WorkerLaunch.ofThisProcess());
        return new CeilingMeasurement(profiler, Quantity.of(0, Unit.BYTES));
    }

    @Test
    void everyFigureOfACoreIsThereInItsUnitOrSaysWhyNot() {
        List<String> steps = new ArrayList<>();
        Ceilings c = measurement().measure(CORE, EngineCatalog.DEFAULT, new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                assertThat(fraction).isBetween(0.0, 1.0);
                steps.add(step);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });
        assertThat(c.setup().device()).isEqualTo("cpu:0");
        assertThat(c.setup().threads()).isEqualTo(CORE.cores().size());
        assertThat(c.setup().engineVersion()).isNotBlank();
        plausible(c.memoryBandwidth(), Unit.BYTES_PER_SECOND);
        assertThat(c.matrix()).containsOnlyKeys(CeilingMeasurement.MATRIX);
        plausible(c.matrix().get(DType.FLOAT32), Unit.FLOP_PER_SECOND);
        plausible(c.matrix().get(DType.INT8), Unit.OP_PER_SECOND);
        assertThat(c.matrix().values()).allSatisfy(ceiling -> {
            if (ceiling instanceof Ceiling.NotMeasurable(String why)) {
                assertThat(why).isNotBlank().doesNotEndWith(".").doesNotContain("internal");
            }
        });
        assertThat(steps).hasSize(5).allSatisfy(s -> assertThat(s).startsWith("cpu:0 · "));
    }

    private static void plausible(Ceiling ceiling, Unit unit) {
        assertThat(ceiling).isInstanceOfSatisfying(Ceiling.Reached.class, r -> {
            assertThat(r.best().unit()).isEqualTo(unit);
            assertThat(r.runs()).isPositive();
            assertThat(r.median().value()).isPositive();
            // No core moves or computes a thousand times what one does today, nor so little.
            assertThat(r.best().value()).isBetween(Math.max(1e6, r.median().value()), 1e15);
        });
    }

    @Test
    void onAnAcceleratorNothingThatRunsOnTheCpuCounts() {
        Device card = new Device("webgpu:0", "WebGPU", DeviceKind.GPU, List.of(), OptionalLong.empty(), List.of());
        List<ProfilePlan> plans = new ArrayList<>();
        Profiler refusing = (model, plan, live, job) -> {
            plans.add(plan);
            throw new LatheException(Diagnostic.error("engine-refused", "no kernel.", Place.nowhere()));
        };
        Ceilings c = new CeilingMeasurement(refusing, Quantity.of(0, Unit.BYTES))
                .measure(card, EngineCatalog.DEFAULT, JobContext.quiet());
        assertThat(c.matrix().get(DType.INT8)).isEqualTo(new Ceiling.NotMeasurable("no kernel"));
        assertThat(plans)
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.options()).containsEntry("session.disable_cpu_ep_fallback", "1"));
        // As `lathe run` runs there, so that it finds these figures.
        assertThat(c.setup()).isEqualTo(CeilingSetup.of(RunTarget.usual(EngineCatalog.DEFAULT, card)));
    }

    @Test
    void anEngineThatIsNotThereIsTheReasonForEveryFigure() {
        Ceilings c = measurement().measure(CORE, "no-such-engine", JobContext.quiet());
        assertThat(c.memoryBandwidth())
                .isInstanceOfSatisfying(
                        Ceiling.NotMeasurable.class,
                        n -> assertThat(n.why().toLowerCase(Locale.ROOT)).contains("no-such-engine"));
        assertThat(c.matrix().values()).allSatisfy(m -> assertThat(m).isInstanceOf(Ceiling.NotMeasurable.class));
    }

    @Test
    void aCancelInTheMiddleEndsItAndLeavesNoWorker() {
        AtomicBoolean cancelled = new AtomicBoolean();
        JobContext job = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                cancelled.set(step.contains("float32"));
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
        assertThatThrownBy(() -> measurement().measure(CORE, EngineCatalog.DEFAULT, job))
                .isInstanceOf(JobCancelledException.class);
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(p -> p.info()
                                .commandLine()
                                .filter(l -> l.contains("WorkerMain"))
                                .isPresent()))
                .isEmpty();
    }
}
