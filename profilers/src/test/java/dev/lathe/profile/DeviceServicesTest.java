package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.architecture.OurClasses;
import dev.lathe.profile.device.DeviceProvider;
import dev.lathe.profile.device.sample.Sampler;
import dev.lathe.profile.energy.EnergySource;
import dev.lathe.profile.engine.ExecutionEngine;
import dev.lathe.profile.insight.InsightRule;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider, sampler, engine or rule that nobody registered would silently not exist.
class DeviceServicesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {DeviceProvider.class, Sampler.class, ExecutionEngine.class, InsightRule.class, EnergySource.class
            })
    void everyImplementationIsRegistered(Class<?> service) {
        Set<String> written = OurClasses.implementing(service);
        Set<String> registered = ServiceLoader.load(service).stream()
                .map(p -> p.type().getName())
                .collect(Collectors.toSet());
        assertThat(written).isNotEmpty();
        assertThat(registered).isEqualTo(written);
    }
}
