package dev.lathe.app.project;

import dev.lathe.graph.Model;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.placed.PlacedModel;
import dev.lathe.profile.placed.SeveralEngine;
import dev.lathe.profile.torchscript.TorchScript;
import java.util.List;
import java.util.OptionalLong;

/// What sort of thing was opened, and so what runs it.
public enum SourceKind {
    /// A graph that was read from its file, and that can be changed.
    GRAPH(EngineCatalog.DEFAULT),
    /// A TorchScript program, which nobody here reads: what it is given is said by the user, what it runs by a run.
    PROGRAM(PyTorchEngine.ID),
    /// A model that was split: its stages are files of their own.
    PLACED(SeveralEngine.ID);

    private final String engine;

    SourceKind(String engine) {
        this.engine = engine;
    }

    public static SourceKind of(Model model) {
        return switch (model.format()) {
            case TorchScript.FORMAT -> PROGRAM;
            case PlacedModel.FORMAT -> PLACED;
            default -> GRAPH;
        };
    }

    /// Id of the engine that runs it.
    public String engine() {
        return engine;
    }

    /// Whether its weights and tensors are known; a program tells only what it is given and which operators it calls.
    public boolean isRead() {
        return this != PROGRAM;
    }

    /// Whether variants can be made of it, and its tensors be looked at.
    public boolean canBeChanged() {
        return this == GRAPH;
    }

    /// What its engine's worker runs on, when the user chose `device`: the stages of a placed model have devices of
    /// their own, and who hands on between them must not be held on one of these.
    Device host(Device device) {
        return this != PLACED || device.kind() == DeviceKind.CPU
                ? device
                : new Device("cpu", "CPU", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of());
    }

    /// Whether a run of it can be begun: of a program it must have been said what it is given.
    public static boolean canRun(Model model) {
        return of(model) != PROGRAM || !model.graph().inputs().isEmpty();
    }

    /// Whether its layers are not known before it ran.
    static boolean lacksLayers(Model model) {
        return of(model) == PROGRAM && model.graph().nodes().isEmpty();
    }
}
