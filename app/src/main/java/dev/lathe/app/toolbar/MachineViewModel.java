package dev.lathe.app.toolbar;

import dev.lathe.app.project.Services.MachineDevice;
import dev.lathe.app.project.Workbench;
import dev.lathe.core.Lane;
import dev.lathe.graph.target.DeviceKind;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The devices of this machine as they were found last, and the wish to look again.
public final class MachineViewModel {
    private final Workbench workbench;
    private final Executor ui;
    private final ReadOnlyObjectWrapper<List<MachineDevice>> devices = new ReadOnlyObjectWrapper<>(List.of());

    public MachineViewModel(Workbench workbench, Executor ui) {
        this.workbench = workbench;
        this.ui = ui;
    }

    public ReadOnlyObjectProperty<List<MachineDevice>> devices() {
        return devices.getReadOnlyProperty();
    }

    /// Looks for devices in the background. The CPU becomes the device to run on unless the user chose one.
    public void look() {
        workbench.submit(
                Lane.UPKEEP,
                "Look at this machine",
                c -> workbench.services().machine().devices(),
                found -> ui.execute(() -> {
                    devices.set(List.copyOf(found));
                    if (workbench.store().state().device().isEmpty()) {
                        found.stream()
                                .filter(MachineDevice::ready)
                                .filter(d -> d.device().kind() == DeviceKind.CPU)
                                .findFirst()
                                .ifPresent(d -> workbench.chooseDevice(d.device()));
                    }
                }));
    }
}
