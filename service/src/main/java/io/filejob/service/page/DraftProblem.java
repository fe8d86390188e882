package io.filejob.service.page;

/**
 * A problem of a manifest that is being written.
 *
 * @param field the path of the field; empty if the whole manifest is meant
 * @param message the problem and its remedy
 * @param line the line, from 1; 0 if it is unknown
 * @param text the text of the line
 */
record DraftProblem(String field, String message, int line, String text) {}
