package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A Kubernetes condition.
 *
 * @param type {@code Complete} or {@code Failed}
 * @param status {@code True} or {@code False}
 * @param reason a word for programs
 * @param message a sentence for people
 * @param lastTransitionTime RFC 3339
 */
@JsonPropertyOrder({"type", "status", "reason", "message", "lastTransitionTime"})
public record Condition(String type, String status, String reason, String message, String lastTransitionTime) {}
