package dev.lathe.app.project;

/// Which graph of a model the canvas shows: the model's own, or what the runtime made of it in the last run.
public enum GraphSide {
    SOURCE("source"),
    RUNTIME("runtime");

    private final String label;

    GraphSide(String label) {
        this.label = label;
    }

    /// The word on its button.
    public String label() {
        return label;
    }
}
