/**
 * The operations as the plan, the merge and the operator see them: pure functions over specs, plans and ledgers. To add
 * one, implement {@link io.filejob.operation.OperationType} in a package of its own and list the class in {@code
 * META-INF/services/io.filejob.spec.OperationDeclaration}.
 */
@NullMarked
package io.filejob.operation;

import org.jspecify.annotations.NullMarked;
