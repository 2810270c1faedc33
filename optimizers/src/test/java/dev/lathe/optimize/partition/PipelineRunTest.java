package dev.lathe.optimize.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineRunTest {
    @TempDir
    Path folder;

    @Test
    void aTransformerInTwoStagesEqualsTheWholeAndIsMeasuredBesideIt() throws Exception {
        Path file = Models.minilm(folder);
        PipelinePlan plan = plan(file, 12);
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            MeasuredPipeline m = PipelineRun.run(plan, runner, JobContext.quiet());
            assertThat(m.maxAbsDifference()).isLessThan(1e-4);
            assertThat(m.outputs()).containsOnlyKeys("last_hidden_state");
            assertThat(m.requests()).isEqualTo(12);
            assertThat(m.latency().runs()).isEqualTo(12);
            assertThat(m.throughputPerSecond()).isPositive();
            assertThat(m.wholeThroughputPerSecond()).isPositive();
            assertThat(m.bytesMoved()).isPositive();
            // The last round's four requests were at each of the two stages, in order and one at a time.
            assertThat(m.schedule()).hasSize(8);
            for (int stage = 0; stage < 2; stage++) {
                int s = stage;
                List<Busy> own = m.schedule().stream()
                        .filter(b -> b.stage() == s)
                        .sorted(java.util.Comparator.comparing(Busy::start))
                        .toList();
                assertThat(own.stream().map(Busy::request)).containsExactly(0, 1, 2, 3);
                for (int i = 1; i < own.size(); i++) {
                    assertThat(own.get(i).start())
                            .isGreaterThanOrEqualTo(own.get(i - 1).end());
                }
            }
        }
    }

    @Test
    void whatHandingOverCostsIsMeasuredHere() throws Exception {
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            TransferModel here = HandOver.measure(Models.cores(2), "onnxruntime", runner, JobContext.quiet());
            assertThat(here.perCall()).isBetween(Duration.ofNanos(10_000), Duration.ofMillis(100));
            assertThat(here.sending().value()).isPositive();
            assertThat(here.hand(1 << 20)).isGreaterThan(here.perCall());
        }
    }

    @Test
    void aWorkerThatDiesEndsTheRunWithItsStageNamed() throws Exception {
        PipelinePlan plan = plan(Models.minilm(folder), 500);
        try (WorkerRunner workers = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            AtomicInteger opened = new AtomicInteger();
            AtomicInteger runs = new AtomicInteger();
            ModelRunner killing = runner((model, target, config, context) -> {
                Set<Long> before = children();
                Session session = workers.open(model, target, config, context);
                Set<Long> worker = children();
                worker.removeAll(before);
                return opened.incrementAndGet() != 2 ? session : new KilledAfter(session, worker, runs, 10);
            });
            assertThatThrownBy(() -> PipelineRun.run(plan, killing, JobContext.quiet()))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("stage 2 on cpu:1");
        }
    }

    @Test
    void aCancelEndsTheRunSoon() throws Exception {
        PipelinePlan plan = plan(Models.minilm(folder), 100_000);
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicBoolean measuring = new AtomicBoolean();
        JobContext context = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                if (step.contains("round") && !measuring.getAndSet(true)) {
                    cancelled.set(true);
                }
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            assertThatThrownBy(() -> PipelineRun.run(plan, runner, context)).isInstanceOf(JobCancelledException.class);
            assertThat(measuring).isTrue();
        }
    }

    private PipelinePlan plan(Path file, int requests) throws LatheException {
        Model model = Formats.open(file, JobContext.quiet());
        Analysis analysis = Analysis.of(model, DefaultDims.choose(model), JobContext.quiet());
        PipelineCuts cuts = PipelineCuts.of(analysis, Map.of());
        List<Device> devices = Models.cores(2);
        return PipelinePlan.prepare(
                model,
                analysis,
                cuts.placement(cuts.best(devices, JobContext.quiet()), devices),
                file,
                folder.resolve("stages"),
                "minilm",
                "onnxruntime",
                requests,
                1,
                JobContext.quiet());
    }

    private interface Opens {
        Session open(Path model, RunTarget target, SessionConfig config, JobContext context) throws LatheException;
    }

    private static ModelRunner runner(Opens opens) {
        return new ModelRunner() {
            @Override
            public Session open(Path model, RunTarget target, SessionConfig config, JobContext context)
                    throws LatheException {
                return opens.open(model, target, config, context);
            }

            @Override
            public void close() {
                // The workers belong to the test.
            }
        };
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /// Kills its worker process before a run.
    private record KilledAfter(Session session, Set<Long> worker, AtomicInteger runs, int after) implements Session {
        @Override
        public List<dev.lathe.profile.engine.TensorSpec> inputs() {
            return session.inputs();
        }

        @Override
        public List<dev.lathe.profile.engine.TensorSpec> outputs() {
            return session.outputs();
        }

        @Override
        public Map<String, HostTensor> run(Map<String, HostTensor> inputs) throws LatheException {
            if (runs.incrementAndGet() == after) {
                worker.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            }
            return session.run(inputs);
        }

        @Override
        public java.util.Optional<dev.lathe.profile.engine.Tracer> tracer() {
            return session.tracer();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
