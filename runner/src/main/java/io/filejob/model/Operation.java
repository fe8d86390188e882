package io.filejob.model;

/** One of the things a job can do: a switch over it must name them all. */
public sealed interface Operation permits AverageSpec, AggregateSpec, IngestSpec {}
