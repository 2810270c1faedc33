package dev.lathe.app.project;

/// Tells one opening of a file, one run or one making of a variant from those before and after it: what a job reports
/// counts only for the attempt that it was started for.
public record Attempt(long number) {
    /// Of what no job was started for.
    public static final Attempt NONE = new Attempt(0);
}
