package io.filejob.model;

/** An operation of a job. The interface is sealed, so that switches over it are exhaustive. */
public sealed interface Operation permits AverageSpec, AggregateSpec, IngestSpec {}
