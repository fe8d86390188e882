package io.filejob.spec;

/**
 * The settings of an operation as they stand in a manifest below {@code spec.operation}: an immutable record. Its {@link
 * OperationDeclaration} names it.
 */
public interface Operation {}
