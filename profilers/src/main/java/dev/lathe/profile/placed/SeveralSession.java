package dev.lathe.profile.placed;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The stages of a placed model in turn: each takes what it needs of the inputs and of what earlier ones made.
///
/// A stage computes for one request at a time. Streams go through the stages one behind the other, so that as many
/// stages work at once as there are streams.
final class SeveralSession implements Session {
    private final List<Stage> stages;
    private final List<String> outputNames;
    private final Runnable onClose;

    /// A stage's session, where it runs, what it is called in messages, and its kernels, where it was opened for
    /// profiling.
    record Stage(String name, RunTarget target, Session session, Optional<StageKernels> kernels) {}

    /// @param onClose ends the stages' workers
    SeveralSession(List<Stage> stages, List<String> outputNames, Runnable onClose) {
        this.stages = List.copyOf(stages);
        this.outputNames = List.copyOf(outputNames);
        this.onClose = onClose;
    }

    /// What the stages take that no earlier one makes.
    @Override
    public List<TensorSpec> inputs() {
        List<TensorSpec> found = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Stage s : stages) {
            s.session().inputs().stream().filter(i -> known.add(i.name())).forEach(found::add);
            s.session().outputs().forEach(o -> known.add(o.name()));
        }
        return List.copyOf(found);
    }

    @Override
    public List<TensorSpec> outputs() {
        return stages.stream()
                .flatMap(s -> s.session().outputs().stream())
                .filter(o -> outputNames.contains(o.name()))
                .toList();
    }

    @Override
    public Map<String, HostTensor> run(Map<String, HostTensor> inputs) throws LatheException {
        Map<String, HostTensor> tensors = new HashMap<>(inputs);
        for (Stage s : stages) {
            Map<String, HostTensor> own = own(s, tensors);
            tensors.putAll(in(s.name(), () -> s.session().run(own)));
        }
        Map<String, HostTensor> found = new LinkedHashMap<>();
        for (String name : outputNames) {
            Optional.ofNullable(tensors.get(name)).ifPresent(t -> found.put(name, t));
        }
        return found;
    }

    private static Map<String, HostTensor> own(Stage stage, Map<String, HostTensor> tensors) {
        Map<String, HostTensor> own = new LinkedHashMap<>();
        for (TensorSpec in : stage.session().inputs()) {
            Optional.ofNullable(tensors.get(in.name())).ifPresent(t -> own.put(in.name(), t));
        }
        return own;
    }

    /// The workers' sessions take one request after the other by themselves.
    @Override
    public Optional<Session> stream() {
        return Optional.of(new SeveralSession(stages, outputNames, () -> {}));
    }

    /// Something that a stage does.
    interface Doing<T> {
        T done() throws LatheException;
    }

    /// Tells of which stage it is what went wrong there.
    static <T> T in(String stage, Doing<T> doing) throws LatheException {
        try {
            return doing.done();
        } catch (LatheException e) {
            Diagnostic d = e.diagnostic();
            String message = stage + ": " + d.message();
            // The stage's own file is nobody's; the process is the one to look at.
            Place place = d.place() instanceof Place.InWorker worker ? worker : Place.nowhere();
            throw new LatheException(new Diagnostic(d.severity(), d.code(), message, place, d.remedy()), e);
        }
    }

    @Override
    public Optional<Tracer> tracer() {
        boolean all = stages.stream()
                .allMatch(s -> s.kernels().isPresent() && s.session().tracer().isPresent());
        return all ? Optional.of(this::trace) : Optional.empty();
    }

    /// Each stage is run twice: profiled, and for what the next ones take. What handing over takes lies between the
    /// stages, in no kernel, as it does in a run that is not profiled.
    private TracedRun trace(Map<String, HostTensor> inputs) throws LatheException {
        Map<String, HostTensor> tensors = new HashMap<>(inputs);
        List<KernelEvent> kernels = new ArrayList<>();
        Handing handing = new Handing();
        Duration at = Duration.ZERO;
        for (Stage s : stages) {
            Map<String, HostTensor> own = own(s, tensors);
            TracedRun run =
                    in(s.name(), () -> s.session().tracer().orElseThrow().trace(own));
            kernels.addAll(s.kernels().orElseThrow().of(run.on(s.target()), at));
            at = at.plus(run.wall());
            long before = System.nanoTime();
            Told told = in(s.name(), () -> s.session().runTold(own));
            Duration call = Duration.ofNanos(System.nanoTime() - before);
            Duration around = call.minus(told.engine());
            handing.stage(s.target().device().id(), at, own, told.outputs(), around);
            at = at.plus(around.isNegative() ? Duration.ZERO : around);
            tensors.putAll(told.outputs());
        }
        return new TracedRun(kernels, at, handing.all());
    }

    @Override
    public void close() {
        onClose.run();
    }
}
