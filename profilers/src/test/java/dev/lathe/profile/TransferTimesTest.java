package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.Handover;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.TracedRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Copies between devices by what copied them, tensor by tensor.
class TransferTimesTest {
    private static final RunTarget TARGET = new RunTarget(
            "onnxruntime",
            new Device("webgpu:0", "WebGPU", DeviceKind.GPU, List.of(), OptionalLong.empty(), List.of()),
            1);

    private static Model model(String graph) throws LatheException {
        return GraphText.parse("model \"test\" ir=8\nopset \"\" 17\n" + graph);
    }

    private static KernelEvent copy(String node, String op, long micros) {
        return new KernelEvent(
                node, op, "WebGpuExecutionProvider", Duration.ZERO, micros(micros), 0, "", "", 0, 256, -1, -1);
    }

    private static Duration micros(long n) {
        return Duration.ofNanos(1000 * n);
    }

    @Test
    void aCopyIsOfTheTensorThatTheSourceKnowsOnOneOfItsSides() throws LatheException {
        Model source = model("""
                graph g (x: float32[64]) -> (y: float32[64]) {
                  a = Relu(x) as first
                  y = Sigmoid(a) as second
                }
                """);
        Model runtime = model("""
                graph g (x: float32[64]) -> (y: float32[64]) {
                  a_there = Relu(x) as first
                  a = MemcpyToHost(a_there) as Memcpy
                  made = Identity(a) as "by the engine"
                  made_there = MemcpyFromHost(made) as Memcpy_1
                  y = Sigmoid(made_there) as second
                }
                """);
        TransferTimes times = new TransferTimes(source.graph(), Optional.of(runtime.graph()), TARGET);
        for (long took : List.of(30, 10, 20)) {
            times.add(new TracedRun(
                    List.of(copy("Memcpy", "MemcpyToHost", took), copy("Memcpy_1", "MemcpyFromHost", 2 * took)),
                    Duration.ZERO));
        }
        assertThat(times.transfers())
                .containsExactly(
                        new Transfer(
                                "webgpu:0",
                                "cpu",
                                "a",
                                source.graph().valueNamed("a").map(v -> v.id()),
                                256,
                                1,
                                micros(20),
                                micros(30),
                                3,
                                "Memcpy"),
                        new Transfer(
                                "cpu",
                                "webgpu:0",
                                "made",
                                Optional.empty(),
                                256,
                                1,
                                micros(40),
                                micros(60),
                                3,
                                "Memcpy_1"));
    }

    @Test
    void whatALoopCopiesAgainAndAgainIsOneTransferOfAllItsBytes() throws LatheException {
        Model source = model("graph g (x: float32[64]) -> (y: float32[64]) {\n y = Relu(x)\n}\n");
        TransferTimes times = new TransferTimes(source.graph(), Optional.empty(), TARGET);
        KernelEvent one = copy("Memcpy", "MemcpyToHost", 5);
        times.add(new TracedRun(List.of(one, one, one), Duration.ZERO));
        Transfer all = times.transfers().getFirst();
        assertThat(all.count()).isEqualTo(3);
        assertThat(all.bytes()).isEqualTo(3 * 256);
        assertThat(all.p50()).isEqualTo(micros(15));
    }

    @Test
    void aHandoverHasNoKernel() throws LatheException {
        Model source = model("graph g (x: float32[64]) -> (y: float32[64]) {\n y = Relu(x)\n}\n");
        TransferTimes times = new TransferTimes(source.graph(), Optional.empty(), TARGET);
        assertThat(times.transfers()).isEmpty();
        times.add(new TracedRun(
                List.of(), Duration.ZERO, List.of(new Handover("x", "cpu:0", "cpu:1", 16, Duration.ZERO, micros(7)))));
        Transfer x = times.transfers().getFirst();
        assertThat(x.kernel()).isEmpty();
        assertThat(x.value()).contains(source.graph().inputs().getFirst());
        assertThat(x.from() + " " + x.to()).isEqualTo("cpu:0 cpu:1");
        assertThat(x.p90()).isEqualTo(micros(7));
    }
}
