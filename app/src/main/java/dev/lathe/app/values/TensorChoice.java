package dev.lathe.app.values;

/// A tensor that can be looked at, and what it is to the selected layer.
public record TensorChoice(String name, String role) {
    @Override
    public String toString() {
        return role.isEmpty() ? name : role + " · " + name;
    }
}
