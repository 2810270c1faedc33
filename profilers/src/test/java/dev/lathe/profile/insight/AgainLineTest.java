package dev.lathe.profile.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.torchscript.TorchScript;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AgainLineTest {
    private static final Model MODEL;

    static {
        try {
            MODEL = GraphText.parse("""
                    model "ONNX" ir=8
                    opset "" 17
                    graph g (x: float32[batch, d]) -> (y: float32[batch, d]) {
                      y = Relu(x)
                    }
                    """);
        } catch (dev.lathe.core.LatheException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Device device(String id, int cores) {
        return new Device(
                id,
                id,
                DeviceKind.CPU,
                java.util.stream.IntStream.range(0, cores).boxed().toList(),
                OptionalLong.empty(),
                List.of());
    }

    @Test
    void whatIsUsualIsNotSaid() {
        RunTarget target = RunTarget.usual(EngineCatalog.DEFAULT, device("cpu", 2));
        ProfilePlan plan = new ProfilePlan(target, SessionConfig.USUAL, 5, 50, 1, DefaultDims.choose(MODEL), 10);
        assertThat(AgainLine.of(MODEL, plan, "--runs 200")).isEqualTo("lathe run MODEL --runs 200");
    }

    @Test
    void whatIsNotIsSaidUnlessItIsWhatIsTried() {
        RunTarget target = new RunTarget("djl-onnxruntime", device("cpu:1", 2), 1);
        ProfilePlan plan = new ProfilePlan(
                        target, SessionConfig.Level.BASIC, 5, 50, 1, new DimBindings(Map.of("batch", 7L, "d", 9L)), 10)
                .withStreams(3);
        String start = "lathe run MODEL --engine djl-onnxruntime --device cpu:1";
        assertThat(AgainLine.of(MODEL, plan, "--runs 200"))
                .isEqualTo(start + " --threads 1 --level basic --streams 3 --dim batch=7 --dim d=9 --runs 200");
        assertThat(AgainLine.of(MODEL, plan, "--threads 2"))
                .isEqualTo(start + " --level basic --streams 3 --dim batch=7 --dim d=9 --threads 2");
        assertThat(AgainLine.of(MODEL, plan, "--sweep batch=1..16*2"))
                .isEqualTo(start + " --threads 1 --level basic --streams 3 --dim d=9 --sweep batch=1..16*2");
    }

    @Test
    void aProgramsInputsTheSeedAndSleepingThreadsAreSaid() throws Exception {
        RunTarget target = RunTarget.usual(EngineCatalog.DEFAULT, device("cpu", 2));
        ProfilePlan plan = new ProfilePlan(target, SessionConfig.USUAL, 5, 50, 7, DefaultDims.choose(MODEL), 10)
                .withOptions(Map.of(SessionConfig.SPINNING, "0"));
        assertThat(AgainLine.of(MODEL, plan, "--runs 200"))
                .isEqualTo("lathe run MODEL --no-spinning --seed 7 --runs 200");
        Model program = new Model(
                TorchScript.FORMAT,
                java.util.Optional.empty(),
                0,
                Map.of(),
                "",
                "",
                "",
                0,
                "",
                Map.of(),
                MODEL.graph(),
                List.of(),
                dev.lathe.graph.Extra.NONE);
        ProfilePlan usual = new ProfilePlan(target, SessionConfig.USUAL, 5, 50, 1, DefaultDims.choose(MODEL), 10);
        String line = AgainLine.of(program, usual, "--runs 200");
        assertThat(line).isEqualTo("lathe run MODEL --input 'float32[batch,d]' --runs 200");
        assertThat(dev.lathe.profile.torchscript.InputTypes.one("float32[batch,d]"))
                .isEqualTo(
                        MODEL.graph().value(MODEL.graph().inputs().getFirst()).map(v -> v.declared()));
    }
}
