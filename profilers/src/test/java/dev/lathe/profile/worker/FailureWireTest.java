package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.profile.worker.wire.Failure;
import org.junit.jupiter.api.Test;

class FailureWireTest {
    @Test
    void whatTheWorkerRefusesArrivesWithWhatToDoAboutIt() {
        Diagnostic d = Diagnostic.error("engine-natives", "the library cannot be unpacked", Place.nowhere());
        assertThat(WorkerProcess.diagnostic(WorkerService.failure(d).build())).isEqualTo(d);
        Diagnostic remedied = d.withRemedy("Make room in the cache folder.");
        assertThat(WorkerProcess.diagnostic(WorkerService.failure(remedied).build()))
                .isEqualTo(remedied);
    }

    @Test
    void anErrorOfTheWorkersOwnIsOurs() {
        Failure ours = Failure.newBuilder()
                .setCode("anything")
                .setMessage("m")
                .setOurs(true)
                .build();
        assertThat(WorkerProcess.diagnostic(ours).code()).isEqualTo("internal");
    }
}
