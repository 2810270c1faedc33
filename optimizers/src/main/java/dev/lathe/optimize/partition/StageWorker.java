package dev.lathe.optimize.partition;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/// One stage opened in its own worker on its own cores.
final class StageWorker implements AutoCloseable {
    private final StageModel stage;
    private final int threads;
    private final Session session;

    private StageWorker(StageModel stage, int threads, Session session) {
        this.stage = stage;
        this.threads = threads;
        this.session = session;
    }

    static StageWorker open(PipelinePlan plan, int index, ModelRunner runner, JobContext context)
            throws LatheException {
        PipelinePlan.StageFile s = plan.stages().get(index);
        int threads = Math.max(1, s.stage().stage().device().cores().size());
        RunTarget target = new RunTarget(plan.engine(), s.stage().stage().device(), threads);
        SessionConfig config = SessionConfig.of(threads).withLevel(plan.level());
        try {
            return new StageWorker(s.stage(), threads, runner.open(s.file(), target, config, context));
        } catch (LatheException e) {
            throw inStage(e, s.stage());
        }
    }

    int threads() {
        return threads;
    }

    /// Computes this stage for one request: takes what it needs of `tensors`, and returns them with its own
    /// outputs added, which are good until `inFlight` more requests have gone through.
    Map<String, HostTensor> run(Map<String, HostTensor> tensors, int inFlight) throws LatheException {
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        stage.modelInputs().forEach(n -> take(n, tensors, inputs));
        stage.carriedIn().forEach(n -> take(n, tensors, inputs));
        try {
            Map<String, HostTensor> next = new LinkedHashMap<>(tensors);
            next.putAll(session.runLent(inputs, inFlight));
            return next;
        } catch (LatheException e) {
            throw inStage(e, stage);
        }
    }

    private static void take(String name, Map<String, HostTensor> from, Map<String, HostTensor> into) {
        HostTensor t = from.get(name);
        if (t != null) {
            into.put(name, t);
        }
    }

    /// Bytes that this stage takes over from earlier ones for one request.
    long bytesIn(Map<String, HostTensor> tensors) {
        long sum = 0;
        for (String name : stage.carriedIn()) {
            HostTensor t = tensors.get(name);
            sum += t == null ? 0 : t.bytes().byteSize();
        }
        return sum;
    }

    private static LatheException inStage(LatheException e, StageModel stage) {
        Diagnostic d = e.diagnostic();
        String where = "stage " + (stage.stage().index() + 1) + " on "
                + stage.stage().device().id() + ": ";
        Place place = d.place();
        return new LatheException(new Diagnostic(d.severity(), d.code(), where + d.message(), place, d.remedy()), e);
    }

    @Override
    public void close() {
        session.close();
    }
}
