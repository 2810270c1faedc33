package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Two plans measure the same, or what they measure differently has a name.
class ProfilePlanTest {
    private static ProfilePlan plan(String engine, String device, int threads, Level level, Map<String, Long> sizes) {
        Device on = new Device(device, device, DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
        return new ProfilePlan(new RunTarget(engine, on, threads), level, 5, 50, 1, new DimBindings(sizes), 10);
    }

    @Test
    void sizesEngineDeviceThreadsLevelAndOptionsAreEachADifference() {
        ProfilePlan one = plan("ort", "cpu", 1, Level.ALL, Map.of("batch", 1L));
        assertThat(one.otherThan(one)).isEmpty();
        assertThat(one.otherThan(plan("ort", "cpu", 1, Level.ALL, Map.of("batch", 8L))))
                .contains("other sizes");
        assertThat(one.otherThan(plan("djl", "cpu", 1, Level.ALL, Map.of("batch", 1L))))
                .contains("other engine");
        assertThat(one.otherThan(plan("ort", "cpu:1", 1, Level.ALL, Map.of("batch", 1L))))
                .contains("other device");
        assertThat(one.otherThan(plan("ort", "cpu", 2, Level.ALL, Map.of("batch", 1L))))
                .contains("other threads");
        assertThat(one.otherThan(plan("ort", "cpu", 1, Level.BASIC, Map.of("batch", 1L))))
                .contains("other level");
        assertThat(one.otherThan(one.withOptions(Map.of("session.x", "0")))).contains("other options");
    }

    @Test
    void howOftenAndWithWhichNumbersIsNone() {
        ProfilePlan one = plan("ort", "cpu", 1, Level.ALL, Map.of());
        ProfilePlan longer = new ProfilePlan(one.target(), one.level(), 1, 500, 9, one.dims(), 2);
        assertThat(one.otherThan(longer)).isEmpty();
    }
}
