package dev.lathe.core;

/// The work of a job.
@FunctionalInterface
public interface Task<T> {
    T run(JobContext context) throws LatheException;
}
